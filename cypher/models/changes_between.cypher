// Which events changed what these models are, within a period?
// $hashes   list of strings: ModelRef.model_hash
// $after, $until  datetimes, UTC: $after < timestamp <= $until
// $known_at  datetime, UTC: only events that were recorded by then
// Returns   one row: events, one list of [model_hash, microseconds, sequence, type, actor, payload] each, oldest first
// Plan      NodeIndexSeek on Snapshot(model_hash, sequence)
UNWIND $hashes AS hash
MATCH (snapshot:Snapshot {model_hash: hash})
WHERE snapshot.sequence IS NOT NULL AND snapshot:StateChange
  AND $after < snapshot.timestamp AND snapshot.timestamp <= $until AND snapshot.recorded_at <= $known_at
WITH snapshot ORDER BY snapshot.timestamp, snapshot.sequence
RETURN collect([
  snapshot.model_hash, snapshot.timestamp.epochSeconds * 1000000 + snapshot.timestamp.microsecond, snapshot.sequence,
  snapshot.event_type, snapshot.actor, snapshot.payload
]) AS events
