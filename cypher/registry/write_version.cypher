// Write beside its events what a version is: all of it follows from them.
// $model        string: ModelRef.key of its model, locked
// $key          string: ModelRef.key of the version, locked
// $name, $version, $framework, $description  strings: as it was registered
// $metrics, $parameters  strings: JSON
// $flat         map: metric_NAME of every metric
// $tags         list of strings: name=value
// $at           datetime, UTC: when it was made
// $model_description, $model_tags  string and list of strings, or null: of the model, where something is said of it
// Returns       one row: versions
// Plan          NodeUniqueIndexSeek on ModelRef.key, twice
MATCH (model:ModelRef {key: $model})
MATCH (version:ModelRef {key: $key})
SET model:RegisteredModel, model.registered_name = $name, model.description = coalesce($model_description, model.description, ''),
    model.model_tags = coalesce($model_tags, model.model_tags, [])
SET version:ModelVersion, version.model_name = $name, version.version = $version, version.framework = $framework,
    version.description = $description, version.metrics = $metrics, version.parameters = $parameters, version.version_tags = $tags,
    version.stage = 'development', version.stage_since = $at, version.registered_at = $at
SET version += $flat
RETURN count(version) AS versions
