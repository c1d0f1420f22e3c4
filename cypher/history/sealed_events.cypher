// All that is stored of the sealed events, in the order of the log, to be recomputed?
// $size     integer: how many, from position 0 on
// Returns   one row an event: position, and all that history/chain returns of it
//          what has another type than is ever recorded there comes as false: a date beyond the calendar breaks the driver
// Plan      NodeUniqueIndexSeekByRange on Snapshot.position, in its order, so that nothing is sorted and the answer streams
MATCH (snapshot:Snapshot)
WHERE 0 <= snapshot.position AND snapshot.position < $size
RETURN
  snapshot.position,
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
ORDER BY snapshot.position
