// All that is stored of one event, and its place in the log?
// $hash     string: Snapshot.snapshot_hash
// Returns   one row: position (null where it has none), columns (all that history/chain returns of the event); none where there is no such event
// Plan      NodeUniqueIndexSeek on Snapshot.snapshot_hash
MATCH (snapshot:Snapshot {snapshot_hash: $hash})
RETURN snapshot.position AS position, [
  snapshot.snapshot_hash, snapshot.model_hash, snapshot.sequence, snapshot.event_type, snapshot.actor, snapshot.source,
  CASE WHEN snapshot.timestamp IS :: ZONED DATETIME THEN snapshot.timestamp.epochSeconds * 1000000 + snapshot.timestamp.microsecond END,
  CASE WHEN snapshot.recorded_at IS :: ZONED DATETIME THEN snapshot.recorded_at.epochSeconds * 1000000 + snapshot.recorded_at.microsecond END,
  CASE WHEN snapshot.timestamp IS :: ZONED DATETIME AND snapshot.recorded_at IS :: ZONED DATETIME
       THEN snapshot.timestamp.nanosecond % 1000 + snapshot.recorded_at.nanosecond % 1000 END,
  snapshot.payload, snapshot.tags, snapshot.parent_hash, snapshot.previous_hash, snapshot.chain_hash,
  coalesce(snapshot.repetition, 0)
] AS columns
