// What is one version?
// $key        string: ModelRef.key of the version
// $name       string: name of its model
// $deleted    boolean: whether one that was deleted is meant, too
// Returns     one row, where there is such a version, of lists of one: names, numbers, stages,
//             frameworks, metrics and parameters (JSON texts), tags (lists of name=value), descriptions, owners, created and updated (microseconds),
//             paths, hashes ('' without bytes) and sizes
// Plan        NodeUniqueIndexSeek on ModelRef.key
MATCH (version:ModelVersion&ModelRef {key: $key})
WHERE version.model_name = $name AND ($deleted OR version.deleted_at IS NULL)
WITH [version] AS found, 0 AS first
CALL (found, first) {
  UNWIND found[first..first + 1000] AS version
  WITH version, version {
    .model_name, .version, .stage, .framework, .metrics, .parameters, .version_tags, .description, .registered_at, .owner, .last_timestamp
  } AS told
  OPTIONAL MATCH (version)-[stored:STORED_AS]->(artifact:Artifact)
  // coalesce: a list leaves nulls out, and what somebody deletes by hand must not shift the others.
  RETURN
    collect(coalesce(told.model_name, '')) AS names, collect(coalesce(told.version, '')) AS numbers,
    collect(coalesce(told.stage, 'development')) AS stages, collect(coalesce(told.framework, 'custom')) AS frameworks,
    collect(coalesce(told.metrics, '{}')) AS metrics, collect(coalesce(told.parameters, '{}')) AS parameters, collect(coalesce(told.version_tags, [])) AS tags,
    collect(coalesce(told.description, '')) AS descriptions, collect(coalesce(told.owner, '')) AS owners,
    collect(coalesce(told.registered_at.epochSeconds * 1000000 + told.registered_at.microsecond, 0)) AS created,
    collect(coalesce(told.last_timestamp.epochSeconds * 1000000 + told.last_timestamp.microsecond, 0)) AS updated,
    collect(coalesce(stored.path, '')) AS paths, collect(coalesce(artifact.key, '')) AS hashes, collect(coalesce(artifact.size, 0)) AS sizes
}
RETURN names, numbers, stages, frameworks, metrics, parameters, tags, descriptions, owners, created, updated, paths, hashes, sizes
