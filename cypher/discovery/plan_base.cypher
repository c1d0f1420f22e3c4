// What does a plan stand on: what its source said last of all its models, and the newest event of the models concerned?
// $source  string: Source.key
// $keys    list of ModelRef.key: the models that the plan touches
// Returns  one row: seen, a list of [key, content_hash, gone]; heads, a list of [key, head_hash]; both unordered
// Plan     NodeUniqueIndexSeek on Source.key and ModelRef.key
OPTIONAL MATCH (source:Source {key: $source})
WITH COLLECT { MATCH (node:ModelRef)-[seen:SEEN_BY]->(source) RETURN [node.key, seen.content_hash, toString(seen.gone)] } AS seen
RETURN seen, COLLECT { UNWIND $keys AS key MATCH (node:ModelRef {key: key}) RETURN [node.key, node.head_hash] } AS heads
