// Which of these models does another source still see?
// $keys    list of strings: ModelRef.key, locked
// $source  string: Source.key of the source that lost them
// Returns  one row: keys
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand
UNWIND $keys AS key
MATCH (node:ModelRef {key: key})
WHERE EXISTS { (node)-[seen:SEEN_BY]->(other:Source) WHERE other.key <> $source AND NOT seen.gone }
RETURN collect(key) AS keys
