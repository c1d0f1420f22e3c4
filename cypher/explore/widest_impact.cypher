// Which models reach the most others within three steps?
// Returns  one row a model, widest first: model, owner, reaches
// Plan     NodeByLabelScan on DataNode, then VarLengthExpand(Pruning,BFS,All)
MATCH (model:DataNode)-[:FEEDS*1..6]->(reached:DataNode)
WHERE reached <> model
WITH model, count(DISTINCT reached) AS reaches
ORDER BY reaches DESC, model.key
LIMIT 25
RETURN model.key AS model, model.owner AS owner, reaches
