// Which models are there now?
// $owner, $platform, $model_type, $tier, $status  string or null: only models that have it
// $text    string or null, lower-cased: only models whose name or purpose contains it
// $skip, $most  integers: how many to leave out, how many at most
// Returns  one row: models, one list of columns each, by name
// Plan     NodeByLabelScan, filters, one sort
MATCH (node:ModelRef)
WHERE ($owner IS NULL OR node.owner = $owner) AND ($platform IS NULL OR node.platform = $platform)
  AND ($model_type IS NULL OR node.model_type = $model_type) AND ($tier IS NULL OR node.tier = $tier)
  AND ($status IS NULL OR node.status = $status)
  AND ($text IS NULL OR toLower(node.name) CONTAINS $text OR toLower(node.purpose) CONTAINS $text)
WITH node ORDER BY node.name, node.key SKIP $skip LIMIT $most
WITH node, COLLECT { MATCH (node)-[seen:SEEN_BY]->(:Source) RETURN seen.last_seen ORDER BY seen.last_seen DESC LIMIT 1 } AS newest
RETURN collect([
  node.key, node.model_hash, node.name, node.created_at.epochSeconds * 1000000 + node.created_at.microsecond,
  newest[0].epochSeconds * 1000000 + newest[0].microsecond,
  node.owner, node.tier, node.status, node.purpose, node.model_type, node.model_origin, node.platform, node.metadata, node.present
]) AS models
