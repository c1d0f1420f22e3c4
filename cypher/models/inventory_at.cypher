// Which models were present at a moment, and what were they?
// $as_of     datetime, UTC: a state counts when valid_from <= $as_of < valid_to
// $known_at  datetime, UTC: and when recorded_from <= $known_at < recorded_to
// $platform  string or null: only models that ran there
// Returns    one row: models, one list of columns each, as for models/list_at, by key; last_seen is not asked for
// Plan       NodeByLabelScan twice, filters
CALL () {
  MATCH (node:ModelRef)
  WHERE node.state_from <= $as_of AND node.state_recorded_from <= $known_at
  RETURN node, node AS state
  UNION ALL
  MATCH (node:ModelRef)-[:WAS]->(state:State)
  WHERE state.valid_from    <= $as_of    AND $as_of    < state.valid_to
    AND state.recorded_from <= $known_at AND $known_at < state.recorded_to
  RETURN node, state
}
WITH node, state
WHERE state.present AND ($platform IS NULL OR state.platform = $platform)
RETURN collect([
  node.key, node.model_hash, node.name, node.created_at.epochSeconds * 1000000 + node.created_at.microsecond, null,
  state.owner, state.tier, state.status, state.purpose, state.model_type, state.model_origin, state.platform, state.metadata, true
]) AS models
