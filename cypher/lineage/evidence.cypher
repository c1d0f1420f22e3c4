// By which ports does each of these nodes feed another of them at a moment, and who says so?
// $keys      strings   ModelRef.key
// $as_of     datetime  UTC; a claim counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// Returns    one row of parallel lists, a place for each claim: nodes (place in $keys), outputs (whether the node writes the port),
//            ports (keys), identifiers, kinds, relationships, sources, starts (microseconds: since when it has held)
// Plan       NodeUniqueIndexSeek on DataNode.key, then Expand
UNWIND range(0, size($keys) - 1) AS place
MATCH (node:DataNode {key: $keys[place]})-[claim:FEEDS|FED]-(port:Port)
USING INDEX SEEK node:DataNode(key)
WHERE claim.valid_from    <= $as_of    AND $as_of    < claim.valid_to
  AND claim.recorded_from <= $known_at AND $known_at < claim.recorded_to
RETURN collect(place) AS nodes, collect(startNode(claim) = node) AS outputs, collect(port.key) AS ports, collect(port.identifier) AS identifiers,
       collect(coalesce(port.kind, '')) AS kinds, collect(coalesce(claim.relationship, '')) AS relationships, collect(claim.source) AS sources,
       collect(claim.valid_from.epochSeconds * 1000000 + claim.valid_from.microsecond) AS starts
