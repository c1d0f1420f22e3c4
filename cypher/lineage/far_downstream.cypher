// How far downstream of a few nodes is every other at a moment? (Of one node: `lineage/steps_downstream`.)
// $keys      strings   ModelRef.key; each is a walk of its own
// $as_of     datetime  UTC; a claim counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// Returns    one row of parallel lists, in no order: keys, hops from the nearest (two a node)
// Plan       NodeUniqueIndexSeek, then VarLengthExpand(Pruning,BFS,All)
UNWIND $keys AS key
MATCH path = (start:DataNode {key: key})-[feeds:FEEDS|FED*1..]->(node:DataNode)
USING INDEX SEEK start:DataNode(key)
WHERE all(f IN feeds WHERE f.valid_from    <= $as_of    AND $as_of    < f.valid_to
                       AND f.recorded_from <= $known_at AND $known_at < f.recorded_to)
WITH node, min(length(path)) AS hops
RETURN collect(node.key) AS keys, collect(hops) AS hops
