// Which models feed themselves over others, today? One shortest way round for each first step.
// Returns  one row a way round, shortest first: steps (in models), round (keys, beginning with the smallest)
// Plan     NodeByLabelScan on Port, Expand both ways, then a ShortestPath for each pair of neighbours: for some thousand models, no more
MATCH (model:DataNode)-[:FEEDS]->(port:Port)-[:FEEDS]->(next:DataNode)
WHERE next <> model
WITH DISTINCT model, next
MATCH back = shortestPath((next)-[:FEEDS*1..]->(model))
WITH [node IN nodes(back) WHERE node:DataNode | node.key] AS keys
WITH keys, reduce(least = keys[0], key IN keys | CASE WHEN key < least THEN key ELSE least END) AS least
WITH keys, [place IN range(0, size(keys) - 1) WHERE keys[place] = least][0] AS place
WITH DISTINCT keys[place..] + keys[..place] AS round
RETURN size(round) AS steps, round
ORDER BY steps, round
LIMIT 100
