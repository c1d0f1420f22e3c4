// Is a model a group?
// $key     string: ModelRef.key
// Returns  one row: composite
// Plan     NodeUniqueIndexSeek on ModelRef.key
MATCH (node:ModelRef {key: $key})
RETURN node:Composite AS composite
