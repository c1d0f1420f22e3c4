// What breaks within two steps of one model, ports included? Nodes and relationships, for drawing.
// $key     string: ModelRef.key; in Browser first  :param key => 'database/customer_features'
// Returns  one row a way: start, way (a path, null where nothing reads it)
// Plan     NodeUniqueIndexSeek on ModelRef.key, then VarLengthExpand(All)
MATCH (start:ModelRef {key: $key})
OPTIONAL MATCH way = (start)-[:FEEDS*1..4]->(:Port|DataNode)
RETURN start, way
LIMIT 1000
