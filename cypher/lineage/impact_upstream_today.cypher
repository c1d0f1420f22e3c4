// Which nodes does one node stand on, as believed now, and whose are they?
// $key       string    ModelRef.key of the start, e.g. 'etl/features'
// $most      integer   farthest step kept, in hops: two a node
// $limit     integer   most nodes returned, nearest kept; it stops the walk
// Returns    one row of parallel lists, nearest first, ties by name and key: keys, names, platforms, hops, owners, tiers, statuses,
//            model_types, notify (today's owner, or '' where the node is gone today)
// Plan       NodeUniqueIndexSeek, then VarLengthExpand(Pruning,BFS,All)
MATCH path = (start:DataNode {key: $key})<-[:FEEDS*1..]-(node:DataNode)
USING INDEX SEEK start:DataNode(key)
WHERE node <> start
WITH node, min(length(path)) AS hops
WHERE hops <= $most
WITH node, hops
ORDER BY hops, node.name, node.key
LIMIT $limit
RETURN collect(node.key) AS keys, collect(node.name) AS names, collect(coalesce(node.platform, '')) AS platforms, collect(hops) AS hops,
       collect(coalesce(node.owner, '')) AS owners, collect(coalesce(node.tier, '')) AS tiers,
       collect(coalesce(node.status, '')) AS statuses, collect(coalesce(node.model_type, '')) AS model_types,
       collect(CASE WHEN node.present THEN coalesce(node.owner, '') ELSE '' END) AS notify
