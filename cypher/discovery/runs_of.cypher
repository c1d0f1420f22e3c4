// What have the runs of a source been, the one that began last first?
// $source  string: Source.key, or the connector's name for all its scopes
// $status  string: running, finished, failed, stopped or interrupted; null for all
// $limit   integer
// Returns  one row: runs, a list of maps; times in microseconds since 1970. One that runs without a lease was interrupted
// Plan     NodeIndexSeek on Run(source_key, observed_at) for each source
MATCH (source:Source)
WHERE source.key = $source OR source.name = $source
MATCH (run:Run {source_key: source.key})
USING INDEX run:Run(source_key, observed_at)
WHERE run.observed_at IS NOT NULL
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
