// Which models were present at a moment, and what were they?
// $as_of     datetime, UTC: a state counts when valid_from <= $as_of < valid_to
// $known_at  datetime, UTC: and when recorded_from <= $known_at < recorded_to; null: when it is believed now
// $open_end  datetime: 9999-12-31
// $platform  string or null: only models that ran there
// Returns    a row for at most a thousand models, so that one is read while the next is made, of parallel lists: keys, model_hashes, names,
//            created (microseconds), owners, tiers, statuses, purposes, model_types, model_origins, platforms, metadata (JSON texts)
// Plan       NodeByLabelScan on ModelRef; NodeIndexSeek on the clocks of State twice, one of which finds nothing, for nothing equals null;
//            properties of those that were found alone, as a map, which reads a node once: each by itself would read it from its beginning
CALL () {
  MATCH (node:ModelRef)
  WHERE node.state_from <= $as_of AND ($known_at IS NULL OR node.state_recorded_from <= $known_at)
  RETURN node, null AS was
  UNION ALL
  MATCH (node:ModelRef)-[:WAS]->(was:State)
  USING INDEX SEEK was:State(recorded_to, valid_to, valid_from)
  WHERE was.recorded_to = CASE WHEN $known_at IS NULL THEN $open_end END
    AND was.valid_from <= $as_of AND $as_of < was.valid_to
  RETURN node, was
  UNION ALL
  MATCH (node:ModelRef)-[:WAS]->(was:State)
  USING INDEX SEEK was:State(recorded_to, valid_to, valid_from)
  WHERE was.recorded_from <= $known_at AND $known_at < was.recorded_to
    AND was.valid_from    <= $as_of    AND $as_of    < was.valid_to
  RETURN node, was
}
WITH collect([node, was]) AS found
UNWIND range(0, size(found) - 1, 1000) AS first
CALL (found, first) {
  UNWIND found[first..first + 1000] AS pair
  WITH pair[0] AS node, pair[1] AS was
  WITH was {.owner, .tier, .status, .purpose, .model_type, .model_origin, .platform, .metadata, .present} AS former,
       CASE WHEN was IS NOT NULL THEN node {.key, .model_hash, .name, .created_at} ELSE node {
         .key, .model_hash, .name, .created_at,
         .owner, .tier, .status, .purpose, .model_type, .model_origin, .platform, .metadata, .present
       } END AS model
  WITH model, coalesce(former, model) AS state
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
}
RETURN keys, model_hashes, names, created, owners, tiers, statuses, purposes, model_types, model_origins, platforms, metadata
