// All that is stored of one event, and its place in the log?
// $hash     string: Snapshot.snapshot_hash
// Returns   one row: position (null where it has none), columns (all that history/chain returns of the event); none where there is no such event
//          what has another type than is ever recorded there comes as false: a date beyond the calendar breaks the driver
// Plan      NodeUniqueIndexSeek on Snapshot.snapshot_hash
MATCH (snapshot:Snapshot {snapshot_hash: $hash})
RETURN CASE WHEN snapshot.position IS :: INTEGER THEN snapshot.position ELSE false END AS position, [
  CASE WHEN snapshot.snapshot_hash IS :: STRING THEN snapshot.snapshot_hash ELSE false END,
  CASE WHEN snapshot.model_hash IS :: STRING THEN snapshot.model_hash ELSE false END,
  CASE WHEN snapshot.sequence IS :: INTEGER THEN snapshot.sequence ELSE false END,
  CASE WHEN snapshot.event_type IS :: STRING THEN snapshot.event_type ELSE false END,
  CASE WHEN snapshot.actor IS :: STRING THEN snapshot.actor ELSE false END,
  CASE WHEN snapshot.source IS :: STRING THEN snapshot.source ELSE false END,
  CASE WHEN snapshot.timestamp IS :: ZONED DATETIME THEN snapshot.timestamp.epochSeconds * 1000000 + snapshot.timestamp.microsecond END,
  CASE WHEN snapshot.recorded_at IS :: ZONED DATETIME THEN snapshot.recorded_at.epochSeconds * 1000000 + snapshot.recorded_at.microsecond END,
  CASE WHEN snapshot.timestamp IS :: ZONED DATETIME AND snapshot.recorded_at IS :: ZONED DATETIME
       THEN snapshot.timestamp.nanosecond % 1000 + snapshot.recorded_at.nanosecond % 1000 END,
  CASE WHEN snapshot.payload IS :: STRING THEN snapshot.payload ELSE false END,
  CASE WHEN snapshot.tags IS :: STRING THEN snapshot.tags ELSE false END,
  CASE WHEN snapshot.parent_hash IS :: STRING THEN snapshot.parent_hash ELSE false END,
  CASE WHEN snapshot.previous_hash IS :: STRING THEN snapshot.previous_hash ELSE false END,
  CASE WHEN snapshot.chain_hash IS :: STRING THEN snapshot.chain_hash ELSE false END,
  CASE WHEN snapshot.repetition IS :: INTEGER THEN coalesce(snapshot.repetition, 0) ELSE false END
] AS columns
