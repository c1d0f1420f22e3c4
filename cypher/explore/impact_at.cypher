// What did one model break on a date, as the ledger knew it on another? Both clocks, both dates.
// $key       string: ModelRef.key; in Browser first  :param key => 'database/customer_features'
// $as_of     string: a time, UTC; in Browser first  :param as_of => '2025-12-31T23:59:59Z'
// $known_at  string: a time, UTC; in Browser first  :param known_at => '9999-12-30T00:00:00Z', which is: all that is known by now
// Returns    one row a model reached, nearest first: steps (in models), model, name
// Plan       NodeUniqueIndexSeek on DataNode.key, then VarLengthExpand(Pruning,BFS,All)
MATCH path = (start:DataNode {key: $key})-[feeds:FEEDS|FED*1..]->(reached:DataNode)
USING INDEX SEEK start:DataNode(key)
WHERE reached <> start
  AND all(f IN feeds WHERE f.valid_from    <= datetime($as_of)    AND datetime($as_of)    < f.valid_to
                       AND f.recorded_from <= datetime($known_at) AND datetime($known_at) < f.recorded_to)
WITH reached, min(length(path)) / 2 AS steps
RETURN steps, reached.key AS model, reached.name AS name
ORDER BY steps, model
