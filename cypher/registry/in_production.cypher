// Which version of a model is in production?
// $name    string: name of the model
// Returns  one row: version, null where none is
// Plan     NodeUniqueIndexSeek on RegisteredModel.registered_name and ModelVersion.production_of
OPTIONAL MATCH (model:RegisteredModel {registered_name: $name})
OPTIONAL MATCH (version:ModelVersion {production_of: model.model_hash})
RETURN version.version AS version
