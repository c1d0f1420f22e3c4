// Which nodes does a change of one node reach at a moment? (Now: `lineage/downstream_today`, FEEDS alone and no clocks.)
// $key       string    ModelRef.key of the start, e.g. 'etl/features'
// $as_of     datetime  UTC; a claim counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// Returns    one row: names, nearest first, ties by arrival; never the start
// Plan       NodeUniqueIndexSeek, then VarLengthExpand(Pruning,BFS,All)
MATCH path = (start:DataNode {key: $key})-[feeds:FEEDS|FED*1..]->(node:DataNode)
USING INDEX SEEK start:DataNode(key)
WHERE node <> start
  AND all(f IN feeds WHERE f.valid_from    <= $as_of    AND $as_of    < f.valid_to
                       AND f.recorded_from <= $known_at AND $known_at < f.recorded_to)
WITH node, min(length(path)) AS hops
ORDER BY hops, node.arrival, node.key
RETURN collect(node.name) AS names
