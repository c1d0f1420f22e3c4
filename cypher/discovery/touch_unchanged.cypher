// Which nodes does a source say the same of as before? Their SEEN_BY.last_seen moves, and nothing else.
// $rows         list of [key, content hash], sorted, one a node
// $source       string: Source.key
// $observed_at  datetime, UTC: when the source was read; one before last_seen is late, and an event
// Returns       one row: unchanged and drifted (their fields were edited by hand), lists of keys
// Plan          NodeUniqueIndexSeek on Source.key and ModelRef.key, then Expand to the one SEEN_BY
MATCH (source:Source {key: $source})
UNWIND $rows AS row
MATCH (node:ModelRef {key: row[0]})-[seen:SEEN_BY]->(source)
SET seen.lock = true                       // takes the relationship's lock, so that what follows is read under it
REMOVE seen.lock
WITH row, node, seen
WHERE seen.content_hash = row[1] AND NOT seen.gone AND seen.last_known <= $observed_at AND node.present
SET seen.last_seen = $observed_at, seen.last_known = $observed_at
WITH row[0] AS key, node.believed <> [node.owner, node.tier, node.status, node.purpose, node.model_type, node.model_origin,
                                      node.platform, node.metadata, toString(node.present)] AS drifted
RETURN collect(key) AS unchanged, collect(CASE WHEN drifted THEN key END) AS drifted
