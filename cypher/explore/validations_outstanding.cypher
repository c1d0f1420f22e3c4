// Which models of one tier were never validated, failed the last time, or were last validated more than a year ago?
// $tier    string: ModelRef.tier; in Browser first  :param tier => 'high'
// Returns  one row a model, never validated ones first, then longest ago: model, owner, status, validated, result
// Plan     NodeByLabelScan on ModelRef, then Expand along MARKED_BY
MATCH (model:ModelRef {tier: $tier})
WHERE model.present AND NOT model.status IN ['development', 'retired']
WITH model, head(COLLECT {
  MATCH (model)-[:MARKED_BY]->(event:Snapshot {event_type: 'validated'})
  RETURN event ORDER BY event.timestamp DESC, event.sequence DESC LIMIT 1
}) AS last
WITH model, last, CASE WHEN last.payload =~ '(?is).*"result":\\s*"fail.*' THEN 'fail' WHEN last IS NOT NULL THEN 'pass' END AS result
WHERE last IS NULL OR result = 'fail' OR last.timestamp < datetime() - duration({years: 1})
RETURN model.key AS model, model.owner AS owner, model.status AS status, last.timestamp AS validated, result
ORDER BY validated IS NOT NULL, validated, model
