// Which models does a person mean: the exact key, else the model_hash, else every one that has the bare name?
// $asked           string: as the person wrote it
// $platform_first  string: the same with its platform lower-cased
// Returns          one row: keys, sorted; one when the question is clear
// Plan             three index seeks, each only where the one before found nothing
OPTIONAL MATCH (exact:ModelRef {key: $platform_first})
OPTIONAL MATCH (hashed:ModelRef {model_hash: $asked})
WITH [key IN [coalesce(exact.key, hashed.key)] WHERE key IS NOT NULL] AS certain
OPTIONAL MATCH (same:ModelRef {name: $asked})
WHERE certain = []
WITH certain, same.key AS key ORDER BY key
WITH certain, collect(key) AS named
RETURN CASE WHEN certain = [] THEN named ELSE certain END AS keys
