// Which other version writes the port that a version would write: one whose name differs in case alone?
// $key     string: ModelRef.key of the version that is to be
// $port    string: Port.key of what it would write
// Returns  one row: twin (name of the other), null where there is none
// Plan     NodeUniqueIndexSeek on Port.key, then Expand along FEEDS
OPTIONAL MATCH (:Port {key: $port})<-[:FEEDS]-(version:ModelVersion)
WHERE version.key <> $key
RETURN version.name AS twin LIMIT 1
