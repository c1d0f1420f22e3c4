// All that is stored of the sealed events, in the order of the log, to be recomputed?
// $size     integer: how many, from position 0 on
// Returns   one row an event: position, and all that history/chain returns of it
// Plan      NodeUniqueIndexSeekByRange on Snapshot.position, in its order, so that nothing is sorted and the answer streams
MATCH (snapshot:Snapshot)
WHERE 0 <= snapshot.position AND snapshot.position < $size
RETURN
  snapshot.position, snapshot.snapshot_hash, snapshot.model_hash, snapshot.sequence, snapshot.event_type, snapshot.actor, snapshot.source,
  CASE WHEN snapshot.timestamp IS :: ZONED DATETIME THEN snapshot.timestamp.epochSeconds * 1000000 + snapshot.timestamp.microsecond END,
  CASE WHEN snapshot.recorded_at IS :: ZONED DATETIME THEN snapshot.recorded_at.epochSeconds * 1000000 + snapshot.recorded_at.microsecond END,
  CASE WHEN snapshot.timestamp IS :: ZONED DATETIME AND snapshot.recorded_at IS :: ZONED DATETIME
       THEN snapshot.timestamp.nanosecond % 1000 + snapshot.recorded_at.nanosecond % 1000 END,
  snapshot.payload, snapshot.tags, snapshot.parent_hash, snapshot.previous_hash, snapshot.chain_hash,
  coalesce(snapshot.repetition, 0)
ORDER BY snapshot.position
