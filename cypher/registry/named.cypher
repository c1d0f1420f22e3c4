// Which version has an identity, deleted ones too?
// $model_hash  string: ModelRef.model_hash of the version
// Returns      one row, where there is one: key, model_name, version, created (microseconds)
// Plan         NodeUniqueIndexSeek on ModelRef.model_hash
MATCH (version:ModelVersion&ModelRef {model_hash: $model_hash})
RETURN version.key AS key, version.model_name AS model_name, version.version AS version,
  version.registered_at.epochSeconds * 1000000 + version.registered_at.microsecond AS created
