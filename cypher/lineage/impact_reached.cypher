// Whose are these nodes, that a walk from a group has reached at a moment?
// $keys      strings   ModelRef.key
// $hops      integers  in the same places: how far from the nearest start
// $as_of     datetime  UTC; a state counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// $limit     integer   most nodes returned, nearest kept
// Returns    one row of parallel lists, nearest first, ties by name and key: keys, names, platforms, hops, owners, tiers, statuses,
//            model_types of the moment, notify (today's owner, or '' where the node is gone today)
// Plan       NodeUniqueIndexSeek on ModelRef.key
UNWIND range(0, size($keys) - 1) AS place
MATCH (node:ModelRef {key: $keys[place]})
USING INDEX SEEK node:ModelRef(key)
WITH node, $hops[place] AS hops
ORDER BY hops, node.name, node.key
LIMIT $limit
WITH node, hops, CASE
  WHEN node.state_from <= $as_of AND node.state_recorded_from <= $known_at THEN node
  ELSE head(COLLECT {
    MATCH (node)-[:WAS]->(was:State)
    WHERE was.valid_from    <= $as_of    AND $as_of    < was.valid_to
      AND was.recorded_from <= $known_at AND $known_at < was.recorded_to
    RETURN was
  })
END AS state
RETURN collect(node.key) AS keys, collect(node.name) AS names, collect(coalesce(state.platform, node.platform, '')) AS platforms, collect(hops) AS hops,
       collect(coalesce(state.owner, node.owner, '')) AS owners, collect(coalesce(state.tier, node.tier, '')) AS tiers,
       collect(coalesce(state.status, node.status, '')) AS statuses, collect(coalesce(state.model_type, node.model_type, '')) AS model_types,
       collect(CASE WHEN node.present THEN coalesce(node.owner, '') ELSE '' END) AS notify
