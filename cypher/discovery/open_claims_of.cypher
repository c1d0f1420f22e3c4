// Which claims of a source on these nodes have not ended?
// $keys     list of strings: ModelRef.key, locked
// $source   string: Source.key; what a person of that name declared is no observation and stays out
// Returns   one row of parallel lists: nodes, ports (keys), outputs (whether the port is an output), relationships, vias,
//           flows (lists of lines; empty unless it tells of columns), starts and ends (microseconds)
// Plan      NodeUniqueIndexSeek on ModelRef.key, then Expand along FEEDS and DERIVES alone
UNWIND $keys AS key
MATCH (node:ModelRef {key: key})-[claim:FEEDS|DERIVES {source: $source}]-(port:Port)
WHERE port.kind <> 'declared'
RETURN collect(key) AS nodes, collect(port.key) AS ports, collect(startNode(claim) = node) AS outputs,
       collect(claim.relationship) AS relationships, collect(claim.via) AS vias, collect(coalesce(claim.flows, [])) AS flows,
       collect(claim.valid_from.epochSeconds * 1000000 + claim.valid_from.microsecond) AS starts,
       collect(claim.valid_to.epochSeconds * 1000000 + claim.valid_to.microsecond) AS ends
