// What was a model at a moment, and since when has it been at all?
// $key       string: ModelRef.key
// $as_of     datetime, UTC: a state counts when valid_from <= $as_of < valid_to
// $known_at  datetime, UTC: and when recorded_from <= $known_at < recorded_to
// Returns    one row: models, at most one list of columns; created_at, microseconds; first_known, microseconds: when something of it
//            at $as_of was first recorded, null where it was not yet. A model's last_seen is the newest SEEN_BY.last_seen <= $as_of,
//            as in list_at, null where no source is known to have seen it by then; when the ledger learnt of a sight is not kept
// Plan       NodeUniqueIndexSeek on ModelRef.key, then Expand along WAS; RollUpApply along SEEN_BY
MATCH (node:ModelRef {key: $key})
OPTIONAL MATCH (node)-[:WAS]->(former:State)
WHERE former.valid_from <= $as_of AND $as_of < former.valid_to
WITH node, collect(former) AS held, min(former.recorded_from) AS first_held,
     CASE WHEN node.state_from <= $as_of THEN node.state_recorded_from END AS now_held
WITH node, CASE WHEN now_held <= $known_at THEN node
                ELSE head([former IN held WHERE former.recorded_from <= $known_at AND $known_at < former.recorded_to]) END AS state,
     CASE WHEN first_held IS NULL OR now_held < first_held THEN now_held ELSE first_held END AS first_known
WITH node, state, first_known, COLLECT {
  MATCH (node)-[seen:SEEN_BY]->(:Source) WHERE seen.last_seen <= $as_of RETURN seen.last_seen ORDER BY seen.last_seen DESC LIMIT 1
} AS newest
RETURN collect(CASE WHEN state IS NULL THEN null ELSE [
  node.key, node.model_hash, node.name, node.created_at.epochSeconds * 1000000 + node.created_at.microsecond,
  newest[0].epochSeconds * 1000000 + newest[0].microsecond,
  state.owner, state.tier, state.status, state.purpose, state.model_type, state.model_origin, state.platform, state.metadata, state.present
] END) AS models, min(node.created_at.epochSeconds * 1000000 + node.created_at.microsecond) AS created_at,
min(first_known.epochSeconds * 1000000 + first_known.microsecond) AS first_known
