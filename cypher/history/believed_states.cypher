// Which former states of these models are believed?
// $keys     list of strings: ModelRef.key, locked
// $open_end datetime: 9999-12-31
// Returns   one row: keys, and states, one list a model of [[identity fields], valid_from, valid_to] in microseconds
// Plan      NodeUniqueIndexSeek on ModelRef.key
UNWIND $keys AS key
MATCH (node:ModelRef {key: key})
OPTIONAL MATCH (node)-[:WAS]->(state:State {recorded_to: $open_end})
WITH node, collect([
  [state.owner, state.tier, state.status, state.purpose, state.model_type, state.model_origin, state.platform, state.metadata, toString(state.present)],
  state.valid_from.epochSeconds * 1000000 + state.valid_from.microsecond,
  state.valid_to.epochSeconds * 1000000 + state.valid_to.microsecond
]) AS states
RETURN collect(node.key) AS keys, collect(states) AS states
