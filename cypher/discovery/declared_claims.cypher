// Which declared claims stand between two models, as believed now?
// $upstream, $downstream  strings: ModelRef.key, locked
// $begins, $ends          strings: how the keys of the ports between these two begin and end; one half of a claim may be gone
// $open_end               datetime: 9999-12-31
// Returns  one row of parallel lists: nodes, hashes, ports, outputs, sources, relationships, starts and ends (microseconds)
// Plan     NodeUniqueIndexSeek on ModelRef.key, twice
UNWIND [$upstream, $downstream] AS key
MATCH (:ModelRef {key: key})-[:FEEDS|FED]-(port:Port {kind: 'declared'})
WHERE port.key STARTS WITH $begins AND port.key ENDS WITH $ends
WITH DISTINCT port
MATCH (port)-[claim:FEEDS|FED]-(node:ModelRef)
WHERE claim.recorded_to = $open_end
RETURN collect(node.key) AS nodes, collect(node.model_hash) AS hashes, collect(port.key) AS ports, collect(startNode(claim) = node) AS outputs,
       collect(claim.source) AS sources, collect(claim.relationship) AS relationships,
       collect(claim.valid_from.epochSeconds * 1000000 + claim.valid_from.microsecond) AS starts,
       collect(claim.valid_to.epochSeconds * 1000000 + claim.valid_to.microsecond) AS ends
