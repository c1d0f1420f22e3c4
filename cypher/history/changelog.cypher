// What happened in the whole ledger, newest first, a page at a time?
// $since, $until         datetimes, UTC: since <= timestamp <= until
// $model                 string or null: ModelRef.model_hash
// $event_type, $actor, $platform  string or null: only events that have it; platform is that of the model today
// $after                 list [microseconds, key, sequence] or null: the last event of the page before
// $most                  integer: how many at most
// Returns  one row: total (all that fit, on every page), events (one list of columns each) and keys (of their models, in the same places)
// Plan     NodeByLabelScan on Snapshot, or NodeIndexSeek where a model is named; Top keeps one page
CALL () {
  MATCH (snapshot:Snapshot)
  WHERE $since <= snapshot.timestamp AND snapshot.timestamp <= $until
    AND ($model IS NULL OR snapshot.model_hash = $model)
    AND ($event_type IS NULL OR snapshot.event_type = $event_type) AND ($actor IS NULL OR snapshot.actor = $actor)
    AND ($platform IS NULL OR EXISTS { (snapshot)<-[:HAS_SNAPSHOT]-(:ModelRef {platform: $platform}) })
  RETURN count(snapshot) AS total
}
CALL () {
  MATCH (snapshot:Snapshot)<-[:HAS_SNAPSHOT]-(node:ModelRef)
  WHERE $since <= snapshot.timestamp AND snapshot.timestamp <= $until
    AND ($model IS NULL OR snapshot.model_hash = $model)
    AND ($event_type IS NULL OR snapshot.event_type = $event_type) AND ($actor IS NULL OR snapshot.actor = $actor)
    AND ($platform IS NULL OR node.platform = $platform)
  WITH snapshot, node, snapshot.timestamp.epochSeconds * 1000000 + snapshot.timestamp.microsecond AS at
  WHERE $after IS NULL OR at < $after[0]
     OR at = $after[0] AND (node.key > $after[1] OR node.key = $after[1] AND snapshot.sequence < $after[2])
  WITH snapshot, node, at ORDER BY at DESC, node.key, snapshot.sequence DESC LIMIT $most
  RETURN collect(node.key) AS keys, collect([
    snapshot.snapshot_hash, snapshot.model_hash, snapshot.sequence, snapshot.event_type, snapshot.actor, snapshot.source, at,
    snapshot.recorded_at.epochSeconds * 1000000 + snapshot.recorded_at.microsecond,
    snapshot.payload, coalesce(snapshot.tags, '{}'), snapshot.parent_hash, snapshot.previous_hash, snapshot.chain_hash,
    coalesce(snapshot.repetition, 0)
  ]) AS events
}
RETURN total, events, keys
