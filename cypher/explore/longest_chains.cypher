// Which models are farthest from where data begins: how many steps, at least, from a model that reads nothing?
// Returns  one row a model, farthest first: steps (in models), model, owner, begins (the sources it is nearest to)
// Plan     NodeByLabelScan on DataNode, then VarLengthExpand(Pruning,BFS,All)
MATCH path = (source:DataNode)-[:FEEDS*1..]->(model:DataNode)
WHERE NOT EXISTS { (source)<-[:FEEDS]-(:Port) } AND model <> source
WITH source, model, min(length(path)) / 2 AS steps
WITH model, steps, source ORDER BY steps, source.key
WITH model, collect([steps, source.key]) AS sources
WITH model, sources, sources[0][0] AS steps
RETURN steps, model.key AS model, model.owner AS owner, [pair IN sources WHERE pair[0] = steps | pair[1]] AS begins
ORDER BY steps DESC, model
LIMIT 25
