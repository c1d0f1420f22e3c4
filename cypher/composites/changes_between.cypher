// Who joined and left a group within a period, as far as was known?
// $model_hash  string: ModelRef.model_hash of the group
// $types       list of strings: event types that tell of a membership
// $after, $until  datetimes, UTC: $after < timestamp <= $until
// $known_at    datetime, UTC: only events that were recorded by then
// Returns      one row: events, one list of [type, microseconds, actor, payload] each, oldest first
// Plan         NodeUniqueIndexSeek on ModelRef.model_hash, then Expand along MARKED_BY
MATCH (group:ModelRef {model_hash: $model_hash})-[:MARKED_BY]->(snapshot:Snapshot)
WHERE snapshot.model_hash = $model_hash AND snapshot.event_type IN $types
  AND $after < snapshot.timestamp AND snapshot.timestamp <= $until AND snapshot.recorded_at <= $known_at
WITH snapshot ORDER BY snapshot.timestamp, snapshot.sequence
RETURN collect([
  snapshot.event_type, snapshot.timestamp.epochSeconds * 1000000 + snapshot.timestamp.microsecond, snapshot.actor, snapshot.payload
]) AS events
