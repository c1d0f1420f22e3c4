// Which nodes does a change of one node reach at a moment? (Now: `lineage/downstream_today`, FEEDS alone and no clocks.)
// $key       string    ModelRef.key of the start, e.g. 'etl/features'
// $as_of     datetime  UTC; a claim counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// Returns    one row: steps, nearest first, one list a step: names, and in the same places when each came (arrival); never the start
// Plan       NodeUniqueIndexSeek, then VarLengthExpand(Pruning,BFS,All)
MATCH path = (start:DataNode {key: $key})-[feeds:FEEDS|FED*1..]->(node)
USING INDEX SEEK start:DataNode(key)
WHERE node <> start
  AND all(f IN feeds WHERE f.valid_from <= $as_of AND f.recorded_from <= $known_at
                       AND (f:FEEDS OR $as_of < f.valid_to AND $known_at < f.recorded_to))  // FEEDS has no ends: two comparisons less
WITH node, min(length(path)) AS hops
WHERE hops % 2 = 0  // every other hop ends at a port
WITH hops, collect(node.name) AS names, collect(node.arrival) AS arrivals
ORDER BY hops
RETURN collect([names, arrivals]) AS steps
