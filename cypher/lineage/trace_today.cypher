// What does one node stand on, as believed now, and which of it feeds which?
// $key       string    ModelRef.key of the node, e.g. 'ml/fraud'
// Returns    one row: names in order of arrival, the node itself last; ports, one list a port: i of each node that reads it, -1 - i of each that
//            writes it, where i is a place in names
// Plan       NodeUniqueIndexSeek, then VarLengthExpand(Pruning,BFS,All)
MATCH path = (start:DataNode {key: $key})<-[:FEEDS*0..]-(node:DataNode)
USING INDEX SEEK start:DataNode(key)
WITH DISTINCT node, node = start AS is_start
ORDER BY is_start, node.arrival, node.key
WITH collect(node) AS nodes
CALL (nodes) {
  UNWIND range(0, size(nodes) - 1) AS place
  WITH place, nodes[place] AS node
  MATCH (node)-[claim:FEEDS]-(port:Port)
  WITH port, collect(CASE WHEN startNode(claim) = node THEN -1 - place ELSE place END) AS ends
  RETURN collect(ends) AS ports
}
RETURN [node IN nodes | node.name] AS names, ports
