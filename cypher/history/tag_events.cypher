// When was a tag of a model moved and deleted, or all of its tags?
// $key       string: ModelRef.key
// $types     list of strings: event types that tell of tags
// $as_of     datetime, UTC: timestamp <= $as_of
// $known_at  datetime, UTC: recorded_at <= $known_at
// Returns    one row: events, one list of [microseconds, sequence, type, actor, payload, snapshot_hash] each, oldest first
// Plan       NodeUniqueIndexSeek on ModelRef.key, then Expand along MARKED_BY, of which a model has few
MATCH (node:ModelRef {key: $key})-[:MARKED_BY]->(snapshot:Snapshot)
WHERE snapshot.model_hash = node.model_hash AND snapshot.event_type IN $types
  AND snapshot.timestamp <= $as_of AND snapshot.recorded_at <= $known_at
WITH snapshot ORDER BY snapshot.timestamp, snapshot.sequence
RETURN collect([
  snapshot.timestamp.epochSeconds * 1000000 + snapshot.timestamp.microsecond, snapshot.sequence, snapshot.event_type, snapshot.actor,
  snapshot.payload, snapshot.snapshot_hash
]) AS events
