// Which events and models cannot be in any chain: events without a model's hash or a number, models without the events they count?
// Returns  one row: events, one list of [snapshot_hash, model_hash, sequence] each; models, one list of [key, last sequence] each
// Plan     NodeByLabelScan on Snapshot and on ModelRef
CALL () {
  MATCH (snapshot:Snapshot)
  WHERE snapshot.model_hash IS NULL OR snapshot.sequence IS NULL
  RETURN collect([
    CASE WHEN snapshot.snapshot_hash IS :: STRING THEN snapshot.snapshot_hash ELSE false END,
    CASE WHEN snapshot.model_hash IS :: STRING THEN snapshot.model_hash ELSE false END,
    CASE WHEN snapshot.sequence IS :: INTEGER THEN snapshot.sequence ELSE false END
  ]) AS events
}
CALL () {
  MATCH (node:ModelRef)
  WHERE NOT EXISTS { (node)-[:HAS_SNAPSHOT]->(:Snapshot) }
  RETURN collect([
    CASE WHEN node.key IS :: STRING THEN node.key ELSE false END,
    CASE WHEN node.last_sequence IS :: INTEGER THEN node.last_sequence ELSE false END
  ]) AS models
}
RETURN events, models
