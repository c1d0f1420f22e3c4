// Which nodes does a change of one node reach, as believed now?
// $key       string    ModelRef.key of the start, e.g. 'etl/features'
// Returns    one row: names, nearest first, ties by arrival; never the start
// Plan       NodeUniqueIndexSeek, then VarLengthExpand(Pruning,BFS,All)
MATCH path = (start:DataNode {key: $key})-[:FEEDS*1..]->(node:DataNode)
USING INDEX SEEK start:DataNode(key)
WHERE node <> start
WITH node, min(length(path)) AS hops
ORDER BY hops, node.arrival, node.key
RETURN collect(node.name) AS names
