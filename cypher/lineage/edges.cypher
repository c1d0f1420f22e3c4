// Which ports does each of these nodes write and read at a moment?
// $keys      strings   ModelRef.key
// $as_of     datetime  UTC; a claim counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// Returns    one row of parallel lists, a place for each claim: nodes (place in $keys), outputs (whether the node writes the port),
//            ports (keys)
// Plan       NodeUniqueIndexSeek on DataNode.key, then Expand
UNWIND range(0, size($keys) - 1) AS place
MATCH (node:DataNode {key: $keys[place]})-[claim:FEEDS|FED]-(port:Port)
USING INDEX SEEK node:DataNode(key)
WHERE claim.valid_from    <= $as_of    AND $as_of    < claim.valid_to
  AND claim.recorded_from <= $known_at AND $known_at < claim.recorded_to
RETURN collect(place) AS nodes, collect(startNode(claim) = node) AS outputs, collect(port.key) AS ports
