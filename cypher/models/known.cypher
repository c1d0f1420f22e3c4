// Which of these keys have a model?
// $keys    list of strings: ModelRef.key
// Returns  one row: keys
// Plan     NodeUniqueIndexSeek on ModelRef.key
UNWIND $keys AS key
MATCH (node:ModelRef {key: key})
RETURN collect(node.key) AS keys
