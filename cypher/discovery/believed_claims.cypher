// Which claims on ports are believed of these models, whoever makes them, open ones and ended ones?
// $keys      list of strings: ModelRef.key
// $open_end  datetime: 9999-12-31
// Returns    one row of parallel lists: nodes, hashes, ports (keys), outputs, sources, relationships, vias, starts and ends (microseconds),
//            open (whether it is a FEEDS), edges (edge_key), written (port.identifier, port.schema or '', port.kind)
// Plan       NodeUniqueIndexSeek on ModelRef.key, then Expand
UNWIND $keys AS key
MATCH (node:ModelRef {key: key})-[claim:FEEDS|FED]-(port:Port)
WHERE claim.recorded_to = $open_end
RETURN collect(key) AS nodes, collect(node.model_hash) AS hashes, collect(port.key) AS ports, collect(startNode(claim) = node) AS outputs,
       collect(coalesce(claim.source, '')) AS sources, collect(coalesce(claim.relationship, '')) AS relationships,
       collect(coalesce(claim.via, '')) AS vias,
       collect(claim.valid_from.epochSeconds * 1000000 + claim.valid_from.microsecond) AS starts,
       collect(claim.valid_to.epochSeconds * 1000000 + claim.valid_to.microsecond) AS ends,
       collect(type(claim) = 'FEEDS') AS open, collect(coalesce(claim.edge_key, '')) AS edges,
       collect([coalesce(port.identifier, ''), coalesce(port.schema, ''), coalesce(port.kind, '')]) AS written
