// Note one sync as a run of its source, with the events it wrote.
// $source   string: Source.key, whose lock is held
// $run_id   string
// $at       datetime, UTC: time of the report
// $now      datetime, UTC: when it was synced
// $holder   string: who synced
// $counts   map: added, changed, skipped, gone (integers), errors and coverage (JSON)
// $events   list of strings: snapshot_hash, sorted
// Returns   one row: written
// Plan      NodeUniqueIndexSeek on Source.key, Run.run_id and Snapshot.snapshot_hash
MATCH (source:Source {key: $source})
MERGE (run:Run {run_id: $run_id})
MERGE (run)-[:OF]->(source)
SET run.source_key = $source, run.observed_at = $at, run.started_at = $now, run.finished_at = $now, run.status = 'finished',
    run.complete = false, run.holder = $holder, run += $counts
WITH run
UNWIND $events AS event
MATCH (snapshot:Snapshot {snapshot_hash: event})
CREATE (run)-[:WROTE]->(snapshot)
RETURN count(snapshot) AS written
