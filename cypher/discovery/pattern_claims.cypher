// Which claims on ports of these identifiers are believed because a pattern matched?
// $identifiers  list of strings: Port.identifier, their anchors locked
// $open_end     datetime: 9999-12-31
// Returns       one row of parallel lists: nodes, hashes, ports, outputs, sources, relationships, vias, starts and ends (microseconds)
// Plan          NodeIndexSeek on Port.identifier
UNWIND $identifiers AS identifier
MATCH (port:Port {identifier: identifier})-[claim:FEEDS|FED]-(node:ModelRef)
WHERE claim.via <> '' AND claim.recorded_to = $open_end
RETURN collect(node.key) AS nodes, collect(node.model_hash) AS hashes, collect(port.key) AS ports, collect(startNode(claim) = node) AS outputs,
       collect(claim.source) AS sources, collect(claim.relationship) AS relationships, collect(claim.via) AS vias,
       collect(claim.valid_from.epochSeconds * 1000000 + claim.valid_from.microsecond) AS starts,
       collect(claim.valid_to.epochSeconds * 1000000 + claim.valid_to.microsecond) AS ends
