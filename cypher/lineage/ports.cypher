// Which ports does one node read and write itself at a moment, whether or not anybody else uses them?
// $key       string    ModelRef.key of the node, e.g. 'etl/features'
// $as_of     datetime  UTC; a claim counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// Returns    one row of parallel lists, a place for each port and side, by port: outputs (whether the node writes it), identifiers,
//            schemas (JSON or '')
// Plan       NodeUniqueIndexSeek, then Expand
MATCH (node:DataNode {key: $key})-[claim:FEEDS|FED]-(port:Port)
USING INDEX SEEK node:DataNode(key)
WHERE coalesce(claim.via, '') = '' AND port.kind <> 'declared'
  AND claim.valid_from    <= $as_of    AND $as_of    < claim.valid_to
  AND claim.recorded_from <= $known_at AND $known_at < claim.recorded_to
WITH DISTINCT startNode(claim) = node AS is_output, port
ORDER BY port.key
RETURN collect(is_output) AS outputs, collect(port.identifier) AS identifiers, collect(coalesce(port.schema, '')) AS schemas
