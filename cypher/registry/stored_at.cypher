// Where do the bytes of a version lie, and what were they when it was registered?
// $key     string: ModelRef.key of the version
// Returns  one row: there (whether there is such a version, not deleted), store and path, sha256, size and media_type, null where it has no bytes;
//          of one that was deleted store and path where its bytes lay, and left_sha256, what they were
// Plan     NodeUniqueIndexSeek on ModelRef.key
OPTIONAL MATCH (version:ModelVersion&ModelRef {key: $key})
OPTIONAL MATCH (version)-[stored:STORED_AS]->(artifact:Artifact)
RETURN version IS NOT NULL AND version.deleted_at IS NULL AS there, coalesce(stored.store, version.left_store) AS store,
  coalesce(stored.path, version.left_path) AS path, version.left_sha256 AS left_sha256, artifact.key AS sha256, artifact.size AS size,
  artifact.media_type AS media_type
