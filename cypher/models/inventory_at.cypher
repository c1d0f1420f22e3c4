// Which models were present at a moment, and what were they?
// $as_of     datetime, UTC: a state counts when valid_from <= $as_of < valid_to
// $known_at  datetime, UTC: and when recorded_from <= $known_at < recorded_to; null: when it is believed now
// $open_end  datetime: 9999-12-31
// $platform  string or null: only models that ran there
// Returns    one row of parallel lists, a model a place: keys, model_hashes, names, created (microseconds), owners, tiers, statuses,
//            purposes, model_types, model_origins, platforms, metadata (JSON texts)
// Plan       NodeByLabelScan on ModelRef; NodeIndexSeek on the clocks of State twice, one of which finds nothing, for nothing equals null
CALL () {
  MATCH (node:ModelRef)
  WHERE node.state_from <= $as_of AND ($known_at IS NULL OR node.state_recorded_from <= $known_at)
  // A map of all properties reads the node once; each by itself would read it from its beginning.
  WITH node {
    .key, .model_hash, .name, .created_at,
    .owner, .tier, .status, .purpose, .model_type, .model_origin, .platform, .metadata, .present
  } AS model
  RETURN model, model AS state
  UNION ALL
  MATCH (node:ModelRef)-[:WAS]->(state:State)
  USING INDEX SEEK state:State(recorded_to, valid_to, valid_from)
  WHERE state.recorded_to = CASE WHEN $known_at IS NULL THEN $open_end END
    AND state.valid_from <= $as_of AND $as_of < state.valid_to
  RETURN node {.key, .model_hash, .name, .created_at} AS model,
         state {.owner, .tier, .status, .purpose, .model_type, .model_origin, .platform, .metadata, .present} AS state
  UNION ALL
  MATCH (node:ModelRef)-[:WAS]->(state:State)
  USING INDEX SEEK state:State(recorded_to, valid_to, valid_from)
  WHERE state.recorded_from <= $known_at AND $known_at < state.recorded_to
    AND state.valid_from    <= $as_of    AND $as_of    < state.valid_to
  RETURN node {.key, .model_hash, .name, .created_at} AS model,
         state {.owner, .tier, .status, .purpose, .model_type, .model_origin, .platform, .metadata, .present} AS state
}
WITH model, state
WHERE state.present AND ($platform IS NULL OR state.platform = $platform)
  // coalesce: a list leaves nulls out, and what somebody deletes by hand must not shift the others.
RETURN
  collect(coalesce(model.key, '')) AS keys, collect(coalesce(model.model_hash, '')) AS model_hashes,
  collect(coalesce(model.name, '')) AS names,
  collect(coalesce(model.created_at.epochSeconds * 1000000 + model.created_at.microsecond, 0)) AS created,
  collect(coalesce(state.owner, '')) AS owners, collect(coalesce(state.tier, '')) AS tiers,
  collect(coalesce(state.status, '')) AS statuses, collect(coalesce(state.purpose, '')) AS purposes,
  collect(coalesce(state.model_type, '')) AS model_types, collect(coalesce(state.model_origin, '')) AS model_origins,
  collect(coalesce(state.platform, '')) AS platforms, collect(coalesce(state.metadata, '{}')) AS metadata
