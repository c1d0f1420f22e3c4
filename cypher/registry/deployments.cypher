// Where does a version run? Who was said to in the registry, and who says of itself that it reads it; versions that were trained on it do not.
// $port    string: Port.key of what it writes
// $source  string: Source.key of what was said in the registry
// Returns  one row: deployments, by key, one list each: [key, name, owner, since (microseconds)]
// Plan     NodeUniqueIndexSeek on Port.key, then Expand along FEEDS
OPTIONAL MATCH (:Port {key: $port})-[feeds:FEEDS]->(target:DataNode)
WHERE feeds.source = $source OR NOT target:ModelVersion
WITH target, min(feeds.valid_from) AS since ORDER BY target.key
WITH target, since WHERE target IS NOT NULL
RETURN collect([target.key, target.name, target.owner, since.epochSeconds * 1000000 + since.microsecond]) AS deployments
