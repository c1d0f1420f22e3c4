// Who runs a version by what was said in the registry?
// $port    string: Port.key of what it writes
// $source  string: Source.key of what was said there
// Returns  one row: targets (keys, sorted)
// Plan     NodeUniqueIndexSeek on Port.key, then Expand along FEEDS
RETURN COLLECT {
  MATCH (:Port {key: $port})-[:FEEDS {source: $source}]->(target:DataNode)
  RETURN DISTINCT target.key AS key ORDER BY key
} AS targets
