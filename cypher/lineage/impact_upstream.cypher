// Which nodes does one node stand on at a moment, and whose are they? (Now: `lineage/impact_upstream_today`, FEEDS alone and no clocks.)
// $key       string    ModelRef.key of the start, e.g. 'etl/features'
// $as_of     datetime  UTC; a claim counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// $most      integer   farthest step kept, in hops: two a node
// $limit     integer   most nodes returned, nearest kept; it stops the walk
// Returns    one row of parallel lists, nearest first, ties by name and key: keys, names, platforms, hops, owners, tiers, statuses,
//            model_types of the moment, notify (today's owner, or '' where the node is gone today)
// Plan       NodeUniqueIndexSeek, then VarLengthExpand(Pruning,BFS,All)
MATCH path = (start:DataNode {key: $key})<-[feeds:FEEDS|FED*1..]-(node:DataNode)
USING INDEX SEEK start:DataNode(key)
WHERE node <> start
  AND all(f IN feeds WHERE f.valid_from    <= $as_of    AND $as_of    < f.valid_to
                       AND f.recorded_from <= $known_at AND $known_at < f.recorded_to)
WITH node, min(length(path)) AS hops
WHERE hops <= $most
WITH node, hops
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
