// How far downstream of one node is every other at a moment?
// $key       string    ModelRef.key of the start, e.g. 'etl/features'
// $as_of     datetime  UTC; a claim counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// Returns    one row of parallel lists, nearest first: keys, hops (two a node)
// Plan       NodeUniqueIndexSeek, then VarLengthExpand(Pruning,BFS,All)
MATCH path = (start:DataNode {key: $key})-[feeds:FEEDS|FED*1..]->(node:DataNode)
USING INDEX SEEK start:DataNode(key)
WHERE node <> start
  AND all(f IN feeds WHERE f.valid_from    <= $as_of    AND $as_of    < f.valid_to
                       AND f.recorded_from <= $known_at AND $known_at < f.recorded_to)
WITH node, min(length(path)) AS hops
ORDER BY hops
RETURN collect(node.key) AS keys, collect(hops) AS hops
