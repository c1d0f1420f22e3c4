// Let a version be stored as an artifact: equal bytes are one node.
// $key         string: ModelRef.key of the version, locked
// $sha256      string: of the bytes, 64 hex digits
// $size        integer: how many
// $media_type  string: what they are
// $store, $path  strings: where they lie
// Returns      one row: stored
// Plan         NodeUniqueIndexSeek on ModelRef.key and Artifact.key
MATCH (version:ModelRef {key: $key})
MERGE (artifact:Artifact {key: $sha256})
  ON CREATE SET artifact.size = $size, artifact.media_type = $media_type
MERGE (version)-[stored:STORED_AS]->(artifact)
SET stored.store = $store, stored.path = $path
RETURN count(stored) AS stored
