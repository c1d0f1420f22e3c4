// All that is stored of the events of one model, in order, to be recomputed?
// $model_hash  string: ModelRef.model_hash
// Returns  one row an event: hash, model_hash, sequence, type, actor, source, microseconds of its time and of its recording, nanoseconds that a
//          recorded time never has, payload, tags, parent, previous and chain hash,
//          repetition; and of the model it hangs on, null where there is none:
//          key, model_hash, sequence on the relationship, last sequence, head
// Plan     NodeIndexSeek on Snapshot(model_hash, sequence), in its order, so that nothing is sorted and the answer streams
MATCH (snapshot:Snapshot)
WHERE snapshot.model_hash = $model_hash AND snapshot.sequence IS NOT NULL
OPTIONAL MATCH (snapshot)<-[has:HAS_SNAPSHOT]-(node:ModelRef)
RETURN
  snapshot.snapshot_hash, snapshot.model_hash, snapshot.sequence, snapshot.event_type, snapshot.actor, snapshot.source,
  CASE WHEN snapshot.timestamp IS :: ZONED DATETIME THEN snapshot.timestamp.epochSeconds * 1000000 + snapshot.timestamp.microsecond END,
  CASE WHEN snapshot.recorded_at IS :: ZONED DATETIME THEN snapshot.recorded_at.epochSeconds * 1000000 + snapshot.recorded_at.microsecond END,
  CASE WHEN snapshot.timestamp IS :: ZONED DATETIME AND snapshot.recorded_at IS :: ZONED DATETIME
       THEN snapshot.timestamp.nanosecond % 1000 + snapshot.recorded_at.nanosecond % 1000 END,
  snapshot.payload, snapshot.tags, snapshot.parent_hash, snapshot.previous_hash, snapshot.chain_hash,
  coalesce(snapshot.repetition, 0),
  node.key, node.model_hash, has.sequence, node.last_sequence, node.head_hash
ORDER BY snapshot.model_hash, snapshot.sequence
