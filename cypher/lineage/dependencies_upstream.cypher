// Which nodes write what one node reads at a moment, and what says so?
// $key       string    ModelRef.key of the node, e.g. 'etl/features'
// $as_of     datetime  UTC; a claim counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// Returns    one row of parallel lists, a place for each pair of claims, neighbours in order of arrival: keys, relationships, kinds, ports (keys),
//            identifiers, schemas (JSON or ''), sources (two a pair), starts (microseconds: since when both claims have held)
// Plan       NodeUniqueIndexSeek, then Expand
MATCH (node:DataNode {key: $key})<-[first:FEEDS|FED]-(port:Port)<-[second:FEEDS|FED]-(next:DataNode)
USING INDEX SEEK node:DataNode(key)
WHERE next <> node
  AND first.valid_from    <= $as_of    AND $as_of    < first.valid_to
  AND first.recorded_from <= $known_at AND $known_at < first.recorded_to
  AND second.valid_from    <= $as_of    AND $as_of    < second.valid_to
  AND second.recorded_from <= $known_at AND $known_at < second.recorded_to
WITH next, port, second.relationship AS relationship, [first.source, second.source] AS sources,
     CASE WHEN first.valid_from > second.valid_from THEN first.valid_from ELSE second.valid_from END AS since
ORDER BY next.arrival, next.key, relationship, port.key
RETURN collect(next.key) AS keys, collect(coalesce(relationship, '')) AS relationships, collect(coalesce(port.kind, '')) AS kinds,
       collect(port.key) AS ports, collect(port.identifier) AS identifiers, collect(coalesce(port.schema, '')) AS schemas,
       collect(sources) AS sources, collect(since.epochSeconds * 1000000 + since.microsecond) AS starts
