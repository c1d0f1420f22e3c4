// What happened to a model, newest first?
// $key         string: ModelRef.key
// $event_type, $actor, $source  string or null: only events that have it
// $since, $as_of, $known_at     datetimes, UTC: since <= timestamp <= as_of, and recorded_at <= known_at
// $without     list of strings: event types to leave out
// $most        integer: how many at most
// Returns      one row: events, one list of columns each
// Plan         NodeUniqueIndexSeek on ModelRef.key, then Expand along HAS_SNAPSHOT
MATCH (node:ModelRef {key: $key})-[:HAS_SNAPSHOT]->(snapshot:Snapshot)
WHERE $since <= snapshot.timestamp AND snapshot.timestamp <= $as_of AND snapshot.recorded_at <= $known_at
  AND ($event_type IS NULL OR snapshot.event_type = $event_type)
  AND ($actor IS NULL OR snapshot.actor = $actor)
  AND ($source IS NULL OR snapshot.source = $source)
  AND NOT snapshot.event_type IN $without
WITH snapshot ORDER BY snapshot.timestamp DESC, snapshot.sequence DESC LIMIT $most
RETURN collect([
  snapshot.snapshot_hash, snapshot.model_hash, snapshot.sequence, snapshot.event_type, snapshot.actor, snapshot.source,
  snapshot.timestamp.epochSeconds * 1000000 + snapshot.timestamp.microsecond,
  snapshot.recorded_at.epochSeconds * 1000000 + snapshot.recorded_at.microsecond,
  snapshot.payload, coalesce(snapshot.tags, '{}'), snapshot.parent_hash, snapshot.previous_hash, snapshot.chain_hash,
  coalesce(snapshot.repetition, 0)
]) AS events
