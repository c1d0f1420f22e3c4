// Which models were in these groups at a moment, in which role, since when, and what were they?
// $keys      list of strings: ModelRef.key of the groups
// $as_of     datetime, UTC: a membership or a state counts when valid_from <= $as_of < valid_to
// $known_at  datetime, UTC: and when recorded_from <= $known_at < recorded_to
// Returns    one row: members, one list of columns each, as for composites/members
// Plan       NodeUniqueIndexSeek on ModelRef.key, then Expand along MEMBER_OF and WAS_MEMBER_OF, and along WAS for those that changed since
UNWIND range(0, size($keys) - 1) AS place
MATCH (:ModelRef {key: $keys[place]})<-[member:MEMBER_OF|WAS_MEMBER_OF]-(node:ModelRef)
WHERE member.valid_from    <= $as_of    AND $as_of    < member.valid_to
  AND member.recorded_from <= $known_at AND $known_at < member.recorded_to
  // A map of all properties reads the node once; each by itself would read it from its beginning.
WITH place, member, node, node {
  .key, .model_hash, .name, .created_at, .state_from, .state_recorded_from,
  .owner, .tier, .status, .purpose, .model_type, .model_origin, .platform, .metadata, .present
} AS model
WITH place, member, model, CASE
  WHEN model.state_from <= $as_of AND model.state_recorded_from <= $known_at THEN model
  ELSE head(COLLECT {
    MATCH (node)-[:WAS]->(was:State)
    WHERE was.valid_from    <= $as_of    AND $as_of    < was.valid_to
      AND was.recorded_from <= $known_at AND $known_at < was.recorded_to
    RETURN was {.owner, .tier, .status, .purpose, .model_type, .model_origin, .platform, .metadata, .present}
  })
END AS state
WHERE state IS NOT NULL
RETURN collect([
  model.key, model.model_hash, model.name, model.created_at.epochSeconds * 1000000 + model.created_at.microsecond, null,
  state.owner, state.tier, state.status, state.purpose, state.model_type, state.model_origin, state.platform, state.metadata, state.present,
  member.role, member.valid_from.epochSeconds * 1000000 + member.valid_from.microsecond, place
]) AS members
