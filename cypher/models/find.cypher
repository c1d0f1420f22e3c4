// Which model does a person mean, and what is it now? (Both questions of `models/resolve` and `models/get` at once, for one small answer.)
// $asked           string: as the person wrote it
// $platform_first  string: the same with its platform lower-cased
// Returns          one row: models, lists of columns as `models/get` returns them, sorted by key, one where the question is clear
// Plan             three index seeks, the third only where the others found nothing
OPTIONAL MATCH (exact:ModelRef {key: $platform_first})
OPTIONAL MATCH (hashed:ModelRef {model_hash: $asked})
WITH coalesce(exact, hashed) AS certain
OPTIONAL MATCH (same:ModelRef {name: $asked})
WHERE certain IS NULL
WITH coalesce(certain, same) AS node
WHERE node IS NOT NULL
OPTIONAL MATCH (node)-[seen:SEEN_BY]->(:Source)
WITH node, max(seen.last_seen) AS last_seen
ORDER BY node.key
RETURN collect([
  node.key, node.model_hash, node.name, node.created_at.epochSeconds * 1000000 + node.created_at.microsecond,
  last_seen.epochSeconds * 1000000 + last_seen.microsecond,
  node.owner, node.tier, node.status, node.purpose, node.model_type, node.model_origin, node.platform, node.metadata, node.present
]) AS models
