// Which declared claims stand between two models, as believed now?
// $upstream, $downstream  strings: ModelRef.key, locked
// $open_end               datetime: 9999-12-31
// Returns  one row of parallel lists: nodes, hashes, ports, outputs, sources, relationships, starts and ends (microseconds)
// Plan     NodeUniqueIndexSeek on ModelRef.key, twice
MATCH (upstream:ModelRef {key: $upstream})-[:FEEDS|FED]->(port:Port {kind: 'declared'})-[:FEEDS|FED]->(downstream:ModelRef {key: $downstream})
WITH DISTINCT port, upstream, downstream
MATCH (port)-[claim:FEEDS|FED]-(node:ModelRef)
WHERE claim.recorded_to = $open_end
RETURN collect(node.key) AS nodes, collect(node.model_hash) AS hashes, collect(port.key) AS ports, collect(startNode(claim) = node) AS outputs,
       collect(claim.source) AS sources, collect(claim.relationship) AS relationships,
       collect(claim.valid_from.epochSeconds * 1000000 + claim.valid_from.microsecond) AS starts,
       collect(claim.valid_to.epochSeconds * 1000000 + claim.valid_to.microsecond) AS ends
