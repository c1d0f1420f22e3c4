// Where does a version run?
// $port    string: Port.key of what it writes
// $source  string: Source.key of the claims that say so
// Returns  one row: deployments, by key, one list each: [key, name, owner, since (microseconds)]
// Plan     NodeUniqueIndexSeek on Port.key, then Expand along FEEDS
OPTIONAL MATCH (:Port {key: $port})-[feeds:FEEDS {source: $source}]->(target:DataNode)
WITH target, feeds ORDER BY target.key
RETURN collect(CASE WHEN target IS NULL THEN null ELSE
  [target.key, target.name, target.owner, feeds.valid_from.epochSeconds * 1000000 + feeds.valid_from.microsecond] END) AS deployments
