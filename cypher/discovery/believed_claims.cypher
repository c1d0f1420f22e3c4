// Which claims on ports stand of these models, whoever makes them: all that look as if they went on, and those that ended as is believed?
// $keys      list of strings: ModelRef.key
// $open_end  datetime: 9999-12-31
// Returns    one row of parallel lists: nodes, hashes, ports (keys), outputs, sources, relationships, vias, starts and ends (microseconds),
//            types (FEEDS, FED, DERIVES or DERIVED), flows (lists of lines), sound (whether its clocks are those of its type), edges (edge_key),
//            written (port.identifier, port.schema or '', port.kind, port.schema_names, port.schema_values, port.schema_expressions); -1 for a
//            time that is not there
// Plan       NodeUniqueIndexSeek on ModelRef.key, then Expand
UNWIND $keys AS key
MATCH (node:ModelRef {key: key})-[claim:FEEDS|FED|DERIVES|DERIVED]-(port:Port)
WHERE claim:FEEDS OR claim:DERIVES OR claim.recorded_to = $open_end OR claim.recorded_to IS NULL
RETURN collect(key) AS nodes, collect(node.model_hash) AS hashes, collect(coalesce(port.key, '')) AS ports, collect(startNode(claim) = node) AS outputs,
       collect(coalesce(claim.source, '')) AS sources, collect(coalesce(claim.relationship, '')) AS relationships,
       collect(coalesce(claim.via, '')) AS vias,
       collect(coalesce(claim.valid_from.epochSeconds * 1000000 + claim.valid_from.microsecond, -1)) AS starts,
       collect(coalesce(claim.valid_to.epochSeconds * 1000000 + claim.valid_to.microsecond, -1)) AS ends,
       collect(coalesce(claim.recorded_to = $open_end AND claim.recorded_from IS NOT NULL AND (claim:FEEDS OR claim:DERIVES) = (claim.valid_to = $open_end), false)) AS sound,
       collect(type(claim)) AS types, collect(coalesce(claim.flows, [])) AS flows, collect(coalesce(claim.edge_key, '')) AS edges,
       collect([
         coalesce(port.identifier, ''), coalesce(port.schema, ''), coalesce(port.kind, ''), port.schema_names, port.schema_values, port.schema_expressions
       ]) AS written
