// Which model has versions under a name, or would get them?
// $name    string: name of the model
// Returns  one row: registered (key of the RegisteredModel, or null), keys (of all others of that name that may become one, sorted), description and
//          tags of the registered one
// Plan     NodeUniqueIndexSeek on RegisteredModel.registered_name, NodeIndexSeek on ModelRef.name
OPTIONAL MATCH (model:RegisteredModel {registered_name: $name})
WITH model, COLLECT { MATCH (node:ModelRef {name: $name}) WHERE NOT node:RegisteredModel AND NOT node:Concept RETURN node.key ORDER BY node.key } AS keys
RETURN model.key AS registered, keys, coalesce(model.description, '') AS description, coalesce(model.model_tags, []) AS tags
