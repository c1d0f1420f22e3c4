// Which of these models has another source ever listed?
// $keys    list of strings: ModelRef.key, locked
// $source  string: Source.key of the one that asks
// Returns  one row: keys
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand along SEEN_BY
UNWIND $keys AS key
MATCH (node:ModelRef {key: key})
WHERE EXISTS { (node)-[:SEEN_BY]->(other:Source) WHERE other.key <> $source }
RETURN collect(key) AS keys
