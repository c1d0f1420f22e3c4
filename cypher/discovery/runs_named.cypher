// Which runs have a name that begins so?
// $run_id  string: Run.run_id, or its beginning
// $status  string: running, finished, failed, stopped or interrupted; null for all
// $limit   integer
// Returns  one row: runs, a list of maps; times in microseconds since 1970. One that runs without a lease was interrupted
// Plan     NodeIndexSeekByRange on Run.run_id
MATCH (run:Run)
WHERE run.run_id STARTS WITH $run_id
MATCH (run)-[:OF]->(source:Source)
WITH run, source, CASE WHEN run.status <> 'running' THEN run.status
                       WHEN source.running = run.run_id AND source.lease_until > datetime.realtime() THEN 'running'
                       ELSE 'interrupted' END AS status
WHERE $status IS NULL OR status = $status
ORDER BY run.started_at DESC, run.run_id
LIMIT $limit
RETURN collect({run_id: run.run_id, source: source.key, status: status, complete: run.complete, holder: run.holder,
                observed_at: run.observed_at.epochSeconds * 1000000 + run.observed_at.microsecond,
                started_at: run.started_at.epochSeconds * 1000000 + run.started_at.microsecond,
                finished_at: run.finished_at.epochSeconds * 1000000 + run.finished_at.microsecond,
                added: run.added, changed: run.changed, skipped: run.skipped, gone: run.gone,
                errors: run.errors, coverage: run.coverage}) AS runs
