// Which models are counted as present, though no source has seen them for some days?
// $days    integer: how many days; in Browser first  :param days => 30
// Returns  one row a model, longest ago first: model, owner, last_seen (null: registered by hand, seen by no source), sources
// Plan     NodeByLabelScan on ModelRef, then Expand along SEEN_BY
MATCH (model:ModelRef)
WHERE model.present
OPTIONAL MATCH (model)-[seen:SEEN_BY]->(source:Source)
WITH model, max(seen.last_seen) AS last_seen, collect(source.key) AS sources
WHERE last_seen IS NULL OR last_seen < datetime() - duration({days: toInteger($days)})
RETURN model.key AS model, model.owner AS owner, last_seen, sources
ORDER BY last_seen IS NOT NULL, last_seen, model
