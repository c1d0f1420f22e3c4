// Which versions of one model are there, and what are they?
// $name       string: name of the model
// Returns     a row for at most a thousand versions, so that one is read while the next is made, of parallel lists: names, numbers, stages,
//             frameworks, metrics and parameters (JSON texts), tags (lists of name=value), descriptions, owners, created and updated (microseconds),
//             paths, hashes ('' without bytes) and sizes; in order of model and registration
// Plan        NodeUniqueIndexSeek on RegisteredModel.registered_name, then Expand along MEMBER_OF and WAS_MEMBER_OF
MATCH (:RegisteredModel {registered_name: $name})<-[:MEMBER_OF|WAS_MEMBER_OF]-(version:ModelVersion {model_name: $name})
WHERE version.deleted_at IS NULL
WITH DISTINCT version ORDER BY version.arrival
WITH collect(version) AS found
UNWIND range(0, size(found) - 1, 1000) AS first
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
