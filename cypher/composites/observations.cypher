// What was said of observations of these models, or of all, up to a moment?
// $keys      list of strings or null: ModelRef.key; null for all models
// $types     list of strings: event types that tell of observations
// $as_of     datetime, UTC: timestamp <= $as_of
// $known_at  datetime, UTC: recorded_at <= $known_at
// Returns    one row of parallel lists: keys, events (lists of [type, actor, microseconds, sequence, payload, snapshot_hash] in no order)
// Plan       NodeUniqueIndexSeek on ModelRef.key, or one scan of the models; then Expand along MARKED_BY, of which a model has few
CALL () {
  WITH $keys AS keys WHERE keys IS NOT NULL
  UNWIND keys AS key
  MATCH (node:ModelRef {key: key})
  RETURN node
  UNION ALL
  WITH $keys AS keys WHERE keys IS NULL
  MATCH (node:ModelRef)
  RETURN node
}
MATCH (node)-[:MARKED_BY]->(snapshot:Snapshot)
WHERE snapshot.model_hash = node.model_hash AND snapshot.event_type IN $types
  AND snapshot.timestamp <= $as_of AND snapshot.recorded_at <= $known_at
WITH node, collect([
  snapshot.event_type, snapshot.actor, snapshot.timestamp.epochSeconds * 1000000 + snapshot.timestamp.microsecond, snapshot.sequence,
  snapshot.payload, snapshot.snapshot_hash
]) AS events
RETURN collect(node.key) AS keys, collect(events) AS events
