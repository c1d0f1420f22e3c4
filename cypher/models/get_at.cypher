// What was a model at a moment, and since when has it been at all?
// $key       string: ModelRef.key
// $as_of     datetime, UTC: a state counts when valid_from <= $as_of < valid_to
// $known_at  datetime, UTC: and when recorded_from <= $known_at < recorded_to
// Returns    one row: models, at most one list of columns; created_at, microseconds
// Plan       NodeUniqueIndexSeek on ModelRef.key, then Expand along WAS
MATCH (node:ModelRef {key: $key})
OPTIONAL MATCH (node)-[:WAS]->(former:State)
WHERE former.valid_from    <= $as_of    AND $as_of    < former.valid_to
  AND former.recorded_from <= $known_at AND $known_at < former.recorded_to
WITH node, CASE WHEN node.state_from <= $as_of AND node.state_recorded_from <= $known_at THEN node ELSE former END AS state
OPTIONAL MATCH (node)-[seen:SEEN_BY]->(:Source)
WHERE seen.last_seen <= $as_of
WITH node, state, max(seen.last_seen) AS last_seen
RETURN collect(CASE WHEN state IS NULL THEN null ELSE [
  node.key, node.model_hash, node.name, node.created_at.epochSeconds * 1000000 + node.created_at.microsecond,
  last_seen.epochSeconds * 1000000 + last_seen.microsecond,
  state.owner, state.tier, state.status, state.purpose, state.model_type, state.model_origin, state.platform, state.metadata, state.present
] END) AS models, min(node.created_at.epochSeconds * 1000000 + node.created_at.microsecond) AS created_at
