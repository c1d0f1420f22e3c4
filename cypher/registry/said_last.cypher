// What was last said of a version, as it was observed?
// $key     string: ModelRef.key of the version
// Returns  one row: name, payload (JSON)
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand along SEEN_BY and HAS_SNAPSHOT
MATCH (version:ModelVersion&ModelRef {key: $key})-[seen:SEEN_BY]->(:Source {key: 'registry/' + version.model_name})
MATCH (version)-[:HAS_SNAPSHOT {sequence: seen.content_sequence}]->(event:Snapshot)
RETURN version.name AS name, event.payload AS payload
