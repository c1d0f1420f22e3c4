// What do validations and observations say of the groups, of the models of some types, or of one group and its members?
// $key       string or null: ModelRef.key of the one group that is asked for, with its members
// $types     list of strings or null: model types; with neither, every group
// $events    list of strings: event types that tell of validations and observations
// $formed    list of strings: event types of which one makes a model a group
// $as_of     datetime, UTC: a state or a membership counts when valid_from <= $as_of < valid_to, an event when timestamp <= $as_of
// $known_at  datetime, UTC: and when recorded_from <= $known_at < recorded_to, recorded_at <= $known_at
// Returns    one row: rows, lists of [key, name, tier, status, events, owner, model_type, metadata, members], by name; events are lists of
//            [type, actor, microseconds, sequence, payload, snapshot_hash], members a number, or where one group is asked for rows of
//            [key, name, tier, status, events]
// Plan       NodeUniqueIndexSeek on ModelRef.key, else NodeByLabelScan; then Expand along MARKED_BY, of which a model has few
CALL () {
  WITH $key AS key WHERE key IS NOT NULL
  MATCH (node:ModelRef {key: key})
  RETURN node
  UNION ALL
  WITH $types AS types WHERE types IS NOT NULL
  MATCH (node:ModelRef)
  RETURN node
  UNION ALL
  WITH 1 AS all WHERE $key IS NULL AND $types IS NULL
  MATCH (node:Composite)
  WHERE EXISTS {
    MATCH (node)-[:MARKED_BY]->(made:Snapshot)
    WHERE made.model_hash = node.model_hash AND made.event_type IN $formed AND made.timestamp <= $as_of AND made.recorded_at <= $known_at
  }
  RETURN node
}
WITH node, CASE
  WHEN node.state_from <= $as_of AND node.state_recorded_from <= $known_at THEN node
  ELSE head(COLLECT {
    MATCH (node)-[:WAS]->(was:State)
    WHERE was.valid_from    <= $as_of    AND $as_of    < was.valid_to
      AND was.recorded_from <= $known_at AND $known_at < was.recorded_to
    RETURN was
  })
END AS state
WHERE state IS NOT NULL AND ($types IS NULL OR state.model_type IN $types)
WITH node, state, COLLECT {
  MATCH (node)<-[member:MEMBER_OF|WAS_MEMBER_OF]-(each:ModelRef)
  WHERE member.valid_from    <= $as_of    AND $as_of    < member.valid_to
    AND member.recorded_from <= $known_at AND $known_at < member.recorded_to
  RETURN each
} AS members
ORDER BY node.name, node.key
RETURN collect([
  node.key, node.name, state.tier, state.status,
  COLLECT {
    MATCH (node)-[:MARKED_BY]->(said:Snapshot)
    WHERE said.model_hash = node.model_hash AND said.event_type IN $events AND said.timestamp <= $as_of AND said.recorded_at <= $known_at
    RETURN [
      said.event_type, said.actor, said.timestamp.epochSeconds * 1000000 + said.timestamp.microsecond, said.sequence,
      said.payload, said.snapshot_hash
    ]
  },
  state.owner, state.model_type, state.metadata,
  CASE WHEN $key IS NULL THEN size(members) ELSE COLLECT {
    UNWIND members AS each
    WITH each, CASE
      WHEN each.state_from <= $as_of AND each.state_recorded_from <= $known_at THEN each
      ELSE head(COLLECT {
        MATCH (each)-[:WAS]->(been:State)
        WHERE been.valid_from    <= $as_of    AND $as_of    < been.valid_to
          AND been.recorded_from <= $known_at AND $known_at < been.recorded_to
        RETURN been
      })
    END AS held
    WHERE held IS NOT NULL
    RETURN [each.key, each.name, held.tier, held.status, COLLECT {
      MATCH (each)-[:MARKED_BY]->(said:Snapshot)
      WHERE said.model_hash = each.model_hash AND said.event_type IN $events AND said.timestamp <= $as_of AND said.recorded_at <= $known_at
      RETURN [
        said.event_type, said.actor, said.timestamp.epochSeconds * 1000000 + said.timestamp.microsecond, said.sequence,
        said.payload, said.snapshot_hash
      ]
    }]
  } END
]) AS rows
