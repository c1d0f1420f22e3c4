// Which models does a person mean: the exact key, else the model_hash, else every one that has the bare name?
// $asked           list of strings: as the person wrote them
// $platform_first  list of strings: the same with their platforms lower-cased
// Returns          one row: keys, for each asked, in its place, the keys that fit, sorted; one where the question is clear
// Plan             three index seeks, each only where the one before found nothing
UNWIND range(0, size($asked) - 1) AS place
OPTIONAL MATCH (exact:ModelRef {key: $platform_first[place]})
OPTIONAL MATCH (hashed:ModelRef {model_hash: $asked[place]})
WITH place, coalesce(exact.key, hashed.key) AS certain
OPTIONAL MATCH (same:ModelRef {name: $asked[place]})
WHERE certain IS NULL
WITH place, certain, same.key AS key ORDER BY key
WITH place, certain, collect(key) AS named ORDER BY place
RETURN collect(CASE WHEN certain IS NULL THEN named ELSE [certain] END) AS keys
