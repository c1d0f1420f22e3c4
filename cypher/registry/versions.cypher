// Which versions are there, of one model or of all, and what are they?
// $name       string or null: only those of this model
// $version    string or null: only this one; with $name
// $stage, $framework  strings or null: only those in it, only those made with it
// $tag        string or null: name=value that they carry
// $metric     string or null: metric_NAME that they must have, $comparison ('>=', '>', '<=', '<' or '=') $bound (number)
// $text       string or null, lower-cased: what name or description holds
// $skip, $most  integers: how many to leave out, how many at most
// Returns     rows of at most a thousand versions, in order of model and registration: versions, one list of columns each
// Plan        NodeByLabelScan on ModelVersion; of one model NodeUniqueIndexSeek on RegisteredModel.name, then Expand along MEMBER_OF
CALL () {
  WITH 1 AS one WHERE $name IS NULL
  MATCH (version:ModelVersion)
  RETURN version
  UNION ALL
  MATCH (:RegisteredModel {name: $name})<-[:MEMBER_OF]-(version:ModelVersion)
  RETURN version
}
WITH version
WHERE version.deleted_at IS NULL
  AND ($version IS NULL OR version.version = $version)
  AND ($stage IS NULL OR version.stage = $stage)
  AND ($framework IS NULL OR version.framework = $framework)
  AND ($tag IS NULL OR $tag IN version.version_tags)
  AND ($text IS NULL OR toLower(version.name) CONTAINS $text OR toLower(version.description) CONTAINS $text)
  AND ($metric IS NULL OR CASE $comparison
    WHEN '>=' THEN version[$metric] >= $bound
    WHEN '>'  THEN version[$metric] > $bound
    WHEN '<=' THEN version[$metric] <= $bound
    WHEN '<'  THEN version[$metric] < $bound
    ELSE version[$metric] = $bound END)
WITH version ORDER BY version.model_name, version.arrival SKIP $skip LIMIT $most
WITH collect(version) AS found
UNWIND range(0, size(found) - 1, 1000) AS first
CALL (found, first) {
  UNWIND found[first..first + 1000] AS version
  WITH version, version {
    .key, .model_name, .version, .stage, .framework, .metrics, .parameters, .version_tags, .description, .owner, .registered_at, .last_timestamp
  } AS told
  OPTIONAL MATCH (version)-[stored:STORED_AS]->(artifact:Artifact)
  RETURN collect([
    told.key, told.model_name, told.version, told.stage, told.framework, told.metrics, told.parameters, told.version_tags, told.description,
    told.owner, told.registered_at.epochSeconds * 1000000 + told.registered_at.microsecond,
    told.last_timestamp.epochSeconds * 1000000 + told.last_timestamp.microsecond,
    stored.path, artifact.key, artifact.size
  ]) AS versions
}
RETURN versions
