// Who answers for what one model reaches: whom to tell before it changes?
// $key     string: ModelRef.key; in Browser first  :param key => 'database/customer_features'
// Returns  one row an owner, most models first: owner, models, keys
// Plan     NodeUniqueIndexSeek on DataNode.key, then VarLengthExpand(Pruning,BFS,All)
MATCH (start:DataNode {key: $key})-[:FEEDS*1..]->(reached:DataNode)
USING INDEX SEEK start:DataNode(key)
WHERE reached <> start
WITH DISTINCT reached ORDER BY reached.key
RETURN reached.owner AS owner, count(*) AS models, collect(reached.key) AS keys
ORDER BY models DESC, owner
