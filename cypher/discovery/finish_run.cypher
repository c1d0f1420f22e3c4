// Note how a run of a source ended, and give its lease back.
// $run_id       string
// $source       string: Source.key, whose lock is held under the run's own lease
// $observed_at, $finished_at  datetimes, UTC
// $status       string: finished, failed or stopped
// $complete     boolean: whether what the listing did not name is gone
// $counts       map: added, changed, skipped, gone (integers), errors and coverage (JSON)
// $statements   string: JSON of how well each statement was read, or null; $digest is a hash of it, or ""
// Returns       one row: run_id
// Plan          NodeUniqueIndexSeek on Source.key and Run.run_id
// A moment that was once listed completely stays so, whatever a second reading of it comes to. The statements are those of the
// newest reading that was finished; the same ones are not written again.
MATCH (source:Source {key: $source})
MATCH (run:Run {run_id: $run_id})
SET source.last_complete_at = CASE
  WHEN NOT $complete THEN source.last_complete_at
  WHEN source.last_complete_at IS NULL OR source.last_complete_at < $observed_at THEN $observed_at
  ELSE source.last_complete_at END
SET run.finished_at = $finished_at, run.complete = run.complete OR $complete, run.status = $status, run.before = null,
    run.added = $counts.added, run.changed = $counts.changed, run.skipped = $counts.skipped, run.gone = $counts.gone,
    run.errors = $counts.errors, run.coverage = $counts.coverage
SET source.lease_until = null, source.lease_holder = null, source.running = null
FOREACH (_ IN CASE WHEN $status = 'finished' AND coalesce(source.statements_at <= $observed_at, true) THEN [1] ELSE [] END |
  SET source.statements_at = $observed_at
  FOREACH (_ IN CASE WHEN coalesce(source.statements_digest, '') <> $digest THEN [1] ELSE [] END |
    SET source.statements = $statements, source.statements_digest = $digest))
RETURN run.run_id AS run_id
