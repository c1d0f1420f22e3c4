// What does one node stand on at a moment, and which of it feeds which? (Now: `lineage/trace_today`, FEEDS alone and no clocks.)
// $key       string    ModelRef.key of the node, e.g. 'ml/fraud'
// $as_of     datetime  UTC; a claim counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// Returns    one row: names in order of arrival, the node itself last; ports, one list a port: i of each node that reads it, -1 - i of each that
//            writes it, where i is a place in names
// Plan       NodeUniqueIndexSeek, then VarLengthExpand(Pruning,BFS,All)
MATCH path = (start:DataNode {key: $key})<-[feeds:FEEDS|FED*0..]-(node:DataNode)
USING INDEX SEEK start:DataNode(key)
WHERE all(f IN feeds WHERE f.valid_from    <= $as_of    AND $as_of    < f.valid_to
                       AND f.recorded_from <= $known_at AND $known_at < f.recorded_to)
WITH DISTINCT node, node = start AS is_start
ORDER BY is_start, node.arrival, node.key
WITH collect(node) AS nodes
CALL (nodes) {
  UNWIND range(0, size(nodes) - 1) AS place
  WITH place, nodes[place] AS node
  MATCH (node)-[claim:FEEDS|FED]-(port:Port)
  WHERE claim.valid_from    <= $as_of    AND $as_of    < claim.valid_to
    AND claim.recorded_from <= $known_at AND $known_at < claim.recorded_to
  WITH port, collect(CASE WHEN startNode(claim) = node THEN -1 - place ELSE place END) AS ends
  RETURN collect(ends) AS ports
}
RETURN [node IN nodes | node.name] AS names, ports
