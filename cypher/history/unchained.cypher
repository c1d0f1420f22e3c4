// Which events and models cannot be in any chain: events without a model's hash or a number, models without the events they count?
// Returns  one row: events, one list of [snapshot_hash, model_hash, sequence] each; models, one list of [key, last sequence] each
// Plan     NodeByLabelScan on Snapshot and on ModelRef
CALL () {
  MATCH (snapshot:Snapshot)
  WHERE snapshot.model_hash IS NULL OR snapshot.sequence IS NULL
  RETURN collect([snapshot.snapshot_hash, snapshot.model_hash, snapshot.sequence]) AS events
}
CALL () {
  MATCH (node:ModelRef)
  WHERE NOT EXISTS { (node)-[:HAS_SNAPSHOT]->(:Snapshot) }
  RETURN collect([node.key, node.last_sequence]) AS models
}
RETURN events, models
