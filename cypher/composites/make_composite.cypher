// Make a model a group; it stays one.
// $key     string: ModelRef.key, locked
// Returns  one row: composites
// Plan     NodeUniqueIndexSeek on ModelRef.key
MATCH (node:ModelRef {key: $key})
SET node:Composite
RETURN count(node) AS composites
