// What is a registered model, apart from its versions?
// $name    string or null: which; null: every one
// Returns  one row: models, by name, one list each: key, name, description, tags, owner, created (microseconds)
// Plan     NodeUniqueIndexSeek on RegisteredModel.registered_name; of all NodeByLabelScan
CALL () {
  MATCH (model:RegisteredModel {registered_name: $name}) RETURN model
  UNION ALL
  WITH 1 AS one WHERE $name IS NULL
  MATCH (model:RegisteredModel) RETURN model
}
WITH model ORDER BY model.registered_name
RETURN collect([
  model.key, model.registered_name, coalesce(model.description, ''), coalesce(model.model_tags, []), model.owner,
  model.created_at.epochSeconds * 1000000 + model.created_at.microsecond
]) AS models
