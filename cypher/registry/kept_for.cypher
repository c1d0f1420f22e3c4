// Which versions have their bytes at a place in a store? In a store that keeps equal bytes once there may be several.
// $sha256  string: of the bytes, 64 hex digits
// $path    string: where they lie
// Returns  one row: versions (ModelRef.key of each, sorted)
// Plan     NodeUniqueIndexSeek on Artifact.key, then Expand along STORED_AS
RETURN COLLECT {
  MATCH (:Artifact {key: $sha256})<-[:STORED_AS {path: $path}]-(version:ModelVersion)
  RETURN version.key AS key ORDER BY key
} AS versions
