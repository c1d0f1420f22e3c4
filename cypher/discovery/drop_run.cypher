// Take back a run that wrote nothing: what was read is signed by another source. A run that was repeated is what it was before.
// $source  string: Source.key, whose lock is held under the run's own lease
// $run_id  string
// Returns  one row: dropped, 1 or 0
// Plan     NodeUniqueIndexSeek on Source.key and Run.run_id
MATCH (source:Source {key: $source})
SET source.lease_until = null, source.lease_holder = null, source.running = null
WITH source
OPTIONAL MATCH (run:Run {run_id: $run_id})
WHERE run.status = 'running'
FOREACH (_ IN CASE WHEN run.before IS NOT NULL THEN [1] ELSE [] END | SET run.status = run.before, run.before = null)
WITH CASE WHEN run.status = 'running' THEN run END AS run
DETACH DELETE run
RETURN count(run) AS dropped
