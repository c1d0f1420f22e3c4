// How many pairs of nodes does data flow between now, and how many of them did it not at the last time this was asked?
// $now     datetime, UTC: remembered as the last time
// Returns  one row: links_created, links_skipped
// Plan     Expand from every Port along FEEDS, both sides
MERGE (source:Source {key: 'client'})
  ON CREATE SET source.name = 'client', source.scope = ''
WITH source, coalesce(source.connected_at, datetime('0001-01-01T00:00:00Z')) AS before
SET source.connected_at = $now
WITH before
OPTIONAL MATCH (producer:DataNode)-[output:FEEDS]->(port:Port)-[input:FEEDS]->(consumer:DataNode)
WHERE producer <> consumer AND port.kind <> 'declared'
WITH before, producer, consumer,
     min(CASE WHEN output.recorded_from > input.recorded_from THEN output.recorded_from ELSE input.recorded_from END) AS since
WITH before, producer, consumer, since,
     since > before AND NOT EXISTS {
       MATCH (producer)-[output:FEEDS|FED]->(port:Port)-[input:FEEDS|FED]->(consumer)
       WHERE since > before AND port.kind <> 'declared' AND before.year > 1
         AND output.recorded_from <= before AND before < output.recorded_to AND output.valid_to.year = 9999
         AND input.recorded_from  <= before AND before < input.recorded_to  AND input.valid_to.year  = 9999
     } AS created
RETURN sum(CASE WHEN created THEN 1 ELSE 0 END) AS links_created,
       sum(CASE WHEN producer IS NOT NULL AND NOT created THEN 1 ELSE 0 END) AS links_skipped
