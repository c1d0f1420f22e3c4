// What is a model now?
// $key     string: ModelRef.key
// Returns  one row: models, at most one list of columns
// Plan     NodeUniqueIndexSeek on ModelRef.key
MATCH (node:ModelRef {key: $key})
OPTIONAL MATCH (node)-[seen:SEEN_BY]->(:Source)
WITH node, max(seen.last_seen) AS last_seen
RETURN collect([
  node.key, node.model_hash, node.name, node.created_at.epochSeconds * 1000000 + node.created_at.microsecond,
  last_seen.epochSeconds * 1000000 + last_seen.microsecond,
  node.owner, node.tier, node.status, node.purpose, node.model_type, node.model_origin, node.platform, node.metadata, node.present
]) AS models
