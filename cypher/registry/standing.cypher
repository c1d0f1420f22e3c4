// Where is a version in its life, and which version of its model is in production?
// $name    string: name of the model
// $key     string or null: ModelRef.key of the version; null: only what is in production is asked
// Returns  one row, where there is such a model: model (its key), stage and since (microseconds) and deleted of the version, null where there is
//          none, production (key), production_version, production_since (microseconds), null where none is
// Plan     NodeUniqueIndexSeek on RegisteredModel.registered_name, ModelRef.key and ModelVersion.production_of
MATCH (model:RegisteredModel {registered_name: $name})
OPTIONAL MATCH (version:ModelVersion&ModelRef {key: $key})
OPTIONAL MATCH (current:ModelVersion {production_of: model.model_hash})
RETURN model.key AS model, version.stage AS stage, version.stage_since.epochSeconds * 1000000 + version.stage_since.microsecond AS since,
  version.deleted_at IS NOT NULL AS deleted, current.key AS production, current.version AS production_version,
  current.stage_since.epochSeconds * 1000000 + current.stage_since.microsecond AS production_since
