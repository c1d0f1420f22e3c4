// Let models of which versions were registered keep the name that they have now as the one under which they were.
// Returns  one row: models
// Plan     NodeByLabelScan on RegisteredModel, once for each database
MATCH (model:RegisteredModel)
WHERE model.registered_name IS NULL
SET model.registered_name = model.name
RETURN count(model) AS models
