// What follows from the pattern ports of these identifiers: whoever claims a pattern claims every port that it matches, for as long?
// $identifiers  list of strings: Port.identifier, their anchors locked
// $open_end     datetime: 9999-12-31
// Returns       one row of parallel lists: nodes, hashes, ports, outputs, sources, relationships, vias, starts and ends (microseconds)
// Plan          NodeIndexSeek on Port.identifier
UNWIND $identifiers AS identifier
MATCH (pattern:Port {identifier: identifier, kind: 'pattern'})
MATCH (port:Port {identifier: identifier})
WHERE port <> pattern AND port.schema_names = pattern.schema_names
  // coalesce: the planner may ask this of a port without schema before it asks for the pattern's kind
  AND all(i IN range(0, size(coalesce(pattern.schema_names, [])) - 1) WHERE
        port.schema_values[i] =~ pattern.schema_expressions[i] OR pattern.schema_values[i] =~ port.schema_expressions[i])
MATCH (pattern)-[claim:FEEDS|FED {via: ''}]-(node:ModelRef)
WHERE claim.recorded_to = $open_end
RETURN collect(node.key) AS nodes, collect(node.model_hash) AS hashes, collect(port.key) AS ports, collect(startNode(claim) = node) AS outputs,
       collect(claim.source) AS sources, collect(claim.relationship) AS relationships, collect(pattern.key) AS vias,
       collect(claim.valid_from.epochSeconds * 1000000 + claim.valid_from.microsecond) AS starts,
       collect(claim.valid_to.epochSeconds * 1000000 + claim.valid_to.microsecond) AS ends
