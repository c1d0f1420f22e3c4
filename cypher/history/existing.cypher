// Which of these events are recorded already?
// $hashes  list of strings: Snapshot.snapshot_hash
// Returns  one row of parallel lists: hashes, events (one list of columns each)
// Plan     NodeUniqueIndexSeek on Snapshot.snapshot_hash
UNWIND $hashes AS hash
MATCH (snapshot:Snapshot {snapshot_hash: hash})
RETURN collect(hash) AS hashes, collect([
  snapshot.snapshot_hash, snapshot.model_hash, snapshot.sequence, snapshot.event_type, snapshot.actor, snapshot.source,
  snapshot.timestamp.epochSeconds * 1000000 + snapshot.timestamp.microsecond,
  snapshot.recorded_at.epochSeconds * 1000000 + snapshot.recorded_at.microsecond,
  snapshot.payload, coalesce(snapshot.tags, '{}'), snapshot.parent_hash, snapshot.previous_hash, snapshot.chain_hash,
  coalesce(snapshot.repetition, 0)
]) AS events
