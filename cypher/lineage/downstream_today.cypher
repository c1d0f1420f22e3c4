// Which nodes does a change of one node reach, as believed now?
// $key       string    ModelRef.key of the start, e.g. 'etl/features'
// Returns    one row: steps, nearest first, one list a step: names, and in the same places when each came (arrival); never the start
// Plan       NodeUniqueIndexSeek, then VarLengthExpand(Pruning,BFS,All)
MATCH path = (start:DataNode {key: $key})-[:FEEDS*1..]->(node)
USING INDEX SEEK start:DataNode(key)
WHERE node <> start
WITH node, min(length(path)) AS hops
WHERE hops % 2 = 0  // every other hop ends at a port
WITH hops, collect(node.name) AS names, collect(node.arrival) AS arrivals
ORDER BY hops
RETURN collect([names, arrivals]) AS steps
