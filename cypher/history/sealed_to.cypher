// Up to which of its events is the history of a model sealed?
// $key     string: ModelRef.key
// Returns  one row: sequence, that of the newest event that a seal closes; 0 where none does
// Plan     NodeUniqueIndexSeek, then its events
MATCH (node:ModelRef {key: $key})
OPTIONAL MATCH (node)-[:HAS_SNAPSHOT]->(event:Snapshot)
WHERE event.position IS NOT NULL
RETURN coalesce(max(event.sequence), 0) AS sequence
