// Which models lack an owner, a tier or a purpose?
// Returns  one row a model, least known first: model, lacks (names of fields), status, sources (who could say)
// Plan     NodeByLabelScan on ModelRef, then Expand along SEEN_BY
MATCH (model:ModelRef)
WHERE model.present
WITH model, [field IN ['owner', 'tier', 'purpose'] WHERE coalesce(model[field], '') IN ['', 'unknown', 'unclassified']] AS lacks
WHERE size(lacks) > 0
RETURN model.key AS model, lacks, model.status AS status, COLLECT { MATCH (model)-[:SEEN_BY]->(source:Source) RETURN source.key ORDER BY source.key } AS sources
ORDER BY size(lacks) DESC, model
