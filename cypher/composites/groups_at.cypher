// In which groups was a model at a moment, in which role, since when, and what were they?
// $key       string: ModelRef.key of the member
// $as_of     datetime, UTC: a membership or a state counts when valid_from <= $as_of < valid_to
// $known_at  datetime, UTC: and when recorded_from <= $known_at < recorded_to
// Returns    one row: members, one list of columns each, as for composites/members
// Plan       NodeUniqueIndexSeek on ModelRef.key, then Expand along MEMBER_OF and WAS_MEMBER_OF, and along WAS for those that changed since
MATCH (:ModelRef {key: $key})-[member:MEMBER_OF|WAS_MEMBER_OF]->(node:Composite)
WHERE member.valid_from    <= $as_of    AND $as_of    < member.valid_to
  AND member.recorded_from <= $known_at AND $known_at < member.recorded_to
WITH node, member, CASE
  WHEN node.state_from <= $as_of AND node.state_recorded_from <= $known_at THEN node
  ELSE head(COLLECT {
    MATCH (node)-[:WAS]->(was:State)
    WHERE was.valid_from    <= $as_of    AND $as_of    < was.valid_to
      AND was.recorded_from <= $known_at AND $known_at < was.recorded_to
    RETURN was
  })
END AS state
WHERE state IS NOT NULL
RETURN collect([
  node.key, node.model_hash, node.name, node.created_at.epochSeconds * 1000000 + node.created_at.microsecond, null,
  state.owner, state.tier, state.status, state.purpose, state.model_type, state.model_origin, state.platform, state.metadata, state.present,
  member.role, member.valid_from.epochSeconds * 1000000 + member.valid_from.microsecond, 0
]) AS members
