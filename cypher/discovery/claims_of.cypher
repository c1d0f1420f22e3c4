// Which claims does a source make of these nodes, as believed now: open ones, and ended ones?
// $keys     list of strings: ModelRef.key, locked
// $source   string: Source.key; what a person of that name declared is no observation and stays out
// $open_end datetime: 9999-12-31
// Returns   one row of parallel lists: nodes (key), ports (key), outputs (whether the port is an output), relationships,
//           vias, flows (lists of lines; empty unless it tells of columns), starts and ends (microseconds)
// Plan      NodeUniqueIndexSeek on ModelRef.key, then Expand
UNWIND $keys AS key
MATCH (node:ModelRef {key: key})-[claim:FEEDS|FED|DERIVES|DERIVED {source: $source}]-(port:Port)
WHERE claim.recorded_to = $open_end AND port.kind <> 'declared'
RETURN collect(key) AS nodes, collect(port.key) AS ports, collect(startNode(claim) = node) AS outputs,
       collect(claim.relationship) AS relationships, collect(claim.via) AS vias, collect(coalesce(claim.flows, [])) AS flows,
       collect(claim.valid_from.epochSeconds * 1000000 + claim.valid_from.microsecond) AS starts,
       collect(claim.valid_to.epochSeconds * 1000000 + claim.valid_to.microsecond) AS ends
