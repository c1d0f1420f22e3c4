// What is one model made from, within two steps, ports included? Nodes and relationships, for drawing.
// $key     string: ModelRef.key; in Browser first  :param key => 'ml/fraud_scoring'
// Returns  one row a way: start, way (a path, null where it reads nothing)
// Plan     NodeUniqueIndexSeek on ModelRef.key, then VarLengthExpand(All)
MATCH (start:ModelRef {key: $key})
OPTIONAL MATCH way = (start)<-[:FEEDS*1..4]-(:Port|DataNode)
RETURN start, way
LIMIT 1000
