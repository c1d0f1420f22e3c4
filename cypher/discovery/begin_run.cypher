// Note that a run of a source begins; reading the same source for the same moment again is the same run.
// $source       string: Source.key, whose lock is held
// $run_id       string
// $observed_at, $started_at  datetimes, UTC
// $holder       string: who has the lease
// $fence        integer: its number
// Returns       one row: run_id
// Plan          NodeUniqueIndexSeek on Source.key and Run.run_id
// What still runs under an earlier lease has died: it is marked as interrupted.
MATCH (source:Source {key: $source})
OPTIONAL MATCH (dead:Run {run_id: source.running})
WHERE dead.status = 'running' AND dead.run_id <> $run_id
SET dead.status = 'interrupted'
SET source.running = $run_id
MERGE (run:Run {run_id: $run_id})
SET run.before = CASE WHEN run.status = 'running' THEN run.before ELSE run.status END
MERGE (run)-[:OF]->(source)
SET run.source_key = $source, run.observed_at = $observed_at, run.started_at = $started_at, run.finished_at = null,
    run.status = 'running', run.holder = $holder, run.fence = $fence, run.complete = coalesce(run.complete, false)
RETURN run.run_id AS run_id
