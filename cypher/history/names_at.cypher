// Which events has a model at certain times?
// $rows    list of maps: key (ModelRef.key, locked), at ([seconds, nanoseconds])
// Returns  one row of parallel lists: keys, names (one list of snapshot_hash a row)
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand along HAS_SNAPSHOT
UNWIND $rows AS row
WITH row.key AS key, datetime({epochSeconds: row.at[0], nanosecond: row.at[1]}) AS at
MATCH (node:ModelRef {key: key})
WITH key, COLLECT { MATCH (node)-[:HAS_SNAPSHOT]->(snapshot:Snapshot) WHERE snapshot.timestamp = at RETURN snapshot.snapshot_hash } AS names
RETURN collect(key) AS keys, collect(names) AS names
