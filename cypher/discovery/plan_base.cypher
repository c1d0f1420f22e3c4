// What does a plan stand on: what its source said of all its models and when, and the newest event of the models concerned?
// $source  string: Source.key
// $keys    list of ModelRef.key: the models that the plan touches
// Returns  one row: seen, a list of [key, content_hash, gone, last_known]; last_complete_at (text or null);
//          heads, a list of [key, head_hash]; both unordered
// Plan     NodeUniqueIndexSeek on Source.key and ModelRef.key
OPTIONAL MATCH (source:Source {key: $source})
WITH toString(source.last_complete_at) AS last_complete_at,
     COLLECT { MATCH (node:ModelRef)-[seen:SEEN_BY]->(source)
               RETURN [node.key, seen.content_hash, toString(seen.gone), toString(seen.last_known)] } AS seen
RETURN last_complete_at, seen, COLLECT { UNWIND $keys AS key MATCH (node:ModelRef {key: key}) RETURN [node.key, node.head_hash] } AS heads
