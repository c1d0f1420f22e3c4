// Who answers for which models?
// Returns  one row an owner, most models first: owner, models, high (how many of them are of tier high), keys
// Plan     NodeByLabelScan on ModelRef
MATCH (model:ModelRef)
WHERE model.present
WITH model ORDER BY model.key
RETURN model.owner AS owner, count(*) AS models, sum(CASE model.tier WHEN 'high' THEN 1 ELSE 0 END) AS high, collect(model.key) AS keys
ORDER BY models DESC, owner
