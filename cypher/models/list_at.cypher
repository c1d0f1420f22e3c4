// Which models were there at a moment, and what were they?
// $as_of     datetime, UTC: a state counts when valid_from <= $as_of < valid_to
// $known_at  datetime, UTC: and when recorded_from <= $known_at < recorded_to; null: when it is believed now
// $open_end  datetime: 9999-12-31
// $owner, $platform, $model_type, $tier, $status  string or null: only models that had it
// $text      string or null, lower-cased: only models whose name or purpose contained it
// $skip, $most  integers: how many to leave out, how many at most
// Returns    one row: models, one list of columns each, by name. A model's last_seen is the newest SEEN_BY.last_seen <= $as_of,
//            as in get_at, null where no source is known to have seen it by then; when the ledger learnt of a sight is not kept
// Plan       NodeByLabelScan on ModelRef; NodeIndexSeek on the clocks of State twice, one of which finds nothing, for nothing equals null;
//            filters, one sort; RollUpApply along SEEN_BY of those that are returned
CALL () {
  MATCH (node:ModelRef)
  WHERE node.state_from <= $as_of AND ($known_at IS NULL OR node.state_recorded_from <= $known_at)
  RETURN node, node AS state
  UNION ALL
  MATCH (node:ModelRef)-[:WAS]->(state:State)
  USING INDEX SEEK state:State(recorded_to, valid_to, valid_from)
  WHERE state.recorded_to = CASE WHEN $known_at IS NULL THEN $open_end END
    AND state.valid_from <= $as_of AND $as_of < state.valid_to
  RETURN node, state
  UNION ALL
  MATCH (node:ModelRef)-[:WAS]->(state:State)
  USING INDEX SEEK state:State(recorded_to, valid_to, valid_from)
  WHERE state.recorded_from <= $known_at AND $known_at < state.recorded_to
    AND state.valid_from    <= $as_of    AND $as_of    < state.valid_to
  RETURN node, state
}
WITH node, state
WHERE ($owner IS NULL OR state.owner = $owner) AND ($platform IS NULL OR state.platform = $platform)
  AND ($model_type IS NULL OR state.model_type = $model_type) AND ($tier IS NULL OR state.tier = $tier)
  AND ($status IS NULL OR state.status = $status)
  AND ($text IS NULL OR toLower(node.name) CONTAINS $text OR toLower(state.purpose) CONTAINS $text)
WITH node, state ORDER BY node.name, node.key SKIP $skip LIMIT $most
WITH node, state, COLLECT {
  MATCH (node)-[seen:SEEN_BY]->(:Source) WHERE seen.last_seen <= $as_of RETURN seen.last_seen ORDER BY seen.last_seen DESC LIMIT 1
} AS newest
RETURN collect([
  node.key, node.model_hash, node.name, node.created_at.epochSeconds * 1000000 + node.created_at.microsecond,
  newest[0].epochSeconds * 1000000 + newest[0].microsecond,
  state.owner, state.tier, state.status, state.purpose, state.model_type, state.model_origin, state.platform, state.metadata, state.present
]) AS models
