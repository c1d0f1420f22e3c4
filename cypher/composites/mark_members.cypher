// Let members find the events of their groups that tell of them.
// $rows    list of [ModelRef.key of the member, Snapshot.snapshot_hash], just appended
// Returns  one row: marks
// Plan     NodeUniqueIndexSeek on ModelRef.key and on Snapshot.snapshot_hash
UNWIND $rows AS row
MATCH (node:ModelRef {key: row[0]})
MATCH (snapshot:Snapshot {snapshot_hash: row[1]})
CREATE (node)-[:MARKED_BY]->(snapshot)
RETURN count(*) AS marks
