// All that is stored of all events, chain after chain, to be recomputed?
// Returns  one row an event: hash, model_hash, sequence, type, actor, source, microseconds of its time and of its recording, nanoseconds that a
//          recorded time never has, payload, tags, parent, previous and chain hash,
//          repetition; and of the model it hangs on, null where there is none:
//          key, model_hash, sequence on the relationship, last sequence, head
//          what has another type than is ever recorded there comes as false: a date beyond the calendar breaks the driver
// Plan     NodeIndexScan on Snapshot(model_hash, sequence), in its order, so that nothing is sorted and the answer streams
MATCH (snapshot:Snapshot)
WHERE snapshot.model_hash IS NOT NULL AND snapshot.sequence IS NOT NULL
OPTIONAL MATCH (snapshot)<-[has:HAS_SNAPSHOT]-(node:ModelRef)
RETURN
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
  CASE WHEN snapshot.repetition IS :: INTEGER THEN coalesce(snapshot.repetition, 0) ELSE false END,
  CASE WHEN node.key IS :: STRING THEN node.key ELSE false END,
  CASE WHEN node.model_hash IS :: STRING THEN node.model_hash ELSE false END,
  CASE WHEN has.sequence IS :: INTEGER THEN has.sequence ELSE false END,
  CASE WHEN node.last_sequence IS :: INTEGER THEN node.last_sequence ELSE false END,
  CASE WHEN node.head_hash IS :: STRING THEN node.head_hash ELSE false END
ORDER BY snapshot.model_hash, snapshot.sequence
