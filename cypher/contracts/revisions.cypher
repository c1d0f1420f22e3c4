// What happened to a concept, newest first?
// $uri                string: concept_uri
// $as_of, $known_at   datetimes, UTC: timestamp <= $as_of and recorded_at <= $known_at
// $most               integer: how many at most
// Returns  one row: events, one list of columns each, as `history/history` has them, then the key of the model that has the event
// Plan     NodeIndexSeek on Revision.concept_uri
MATCH (snapshot:Revision {concept_uri: $uri})<-[:HAS_SNAPSHOT]-(node:ModelRef)
WHERE snapshot.timestamp <= $as_of AND snapshot.recorded_at <= $known_at
WITH snapshot, node ORDER BY snapshot.timestamp DESC, snapshot.sequence DESC LIMIT $most
RETURN collect([
  snapshot.snapshot_hash, snapshot.model_hash, snapshot.sequence, snapshot.event_type, snapshot.actor, snapshot.source,
  snapshot.timestamp.epochSeconds * 1000000 + snapshot.timestamp.microsecond,
  snapshot.recorded_at.epochSeconds * 1000000 + snapshot.recorded_at.microsecond,
  snapshot.payload, coalesce(snapshot.tags, '{}'), snapshot.parent_hash, snapshot.previous_hash, snapshot.chain_hash,
  coalesce(snapshot.repetition, 0), node.key
]) AS events
