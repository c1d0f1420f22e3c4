// Let a version be deleted: what it was stays in its events, and its number stays taken.
// $key     string: ModelRef.key of the version, locked
// $at      datetime, UTC: since when
// Returns  one row: artifacts (keys of those whose bytes no version has any more, deleted with it)
// Plan     NodeUniqueIndexSeek on ModelRef.key
MATCH (version:ModelVersion&ModelRef {key: $key})
SET version.deleted_at = $at
WITH version
OPTIONAL MATCH (version)-[stored:STORED_AS]->(artifact:Artifact)
// Whoever deletes it again finds the bytes that were left.
SET version.left_store = stored.store, version.left_path = stored.path, version.left_sha256 = artifact.key
DELETE stored
WITH DISTINCT artifact
WHERE artifact IS NOT NULL AND NOT EXISTS { (artifact)<-[:STORED_AS]-() }
WITH artifact, artifact.key AS key
DELETE artifact
RETURN collect(key) AS artifacts
