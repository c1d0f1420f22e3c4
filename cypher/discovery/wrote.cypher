// Say which events a run wrote; they were made in the same transaction.
// $run_id  string
// $events  list of Snapshot.snapshot_hash
// Returns  one row: written
// Plan     NodeUniqueIndexSeek on Run.run_id and Snapshot.snapshot_hash
MATCH (run:Run {run_id: $run_id})
UNWIND $events AS event
MATCH (snapshot:Snapshot {snapshot_hash: event})
CREATE (run)-[:WROTE]->(snapshot)
RETURN count(snapshot) AS written
