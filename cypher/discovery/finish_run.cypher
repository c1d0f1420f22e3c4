// Note a run of a source; reading the same source for the same moment again is the same run.
// $run_id       string
// $source       string: Source.key
// $observed_at, $started_at, $finished_at  datetimes, UTC
// $status       string: finished or failed
// $complete     boolean: whether what the listing did not name is gone
// $counts       map: added, changed, skipped, gone (integers), errors and coverage (JSON)
// Returns       one row: run_id
// Plan          NodeUniqueIndexSeek on Source.key and Run.run_id
MATCH (source:Source {key: $source})
SET source.last_complete_at = CASE
  WHEN NOT $complete THEN source.last_complete_at
  WHEN source.last_complete_at IS NULL OR source.last_complete_at < $observed_at THEN $observed_at
  ELSE source.last_complete_at END
MERGE (run:Run {run_id: $run_id})
MERGE (run)-[:OF]->(source)
SET run.source_key = $source, run.observed_at = $observed_at, run.started_at = $started_at, run.finished_at = $finished_at,
    run.status = $status, run.complete = coalesce(run.complete, false) OR $complete,
    run.added = $counts.added, run.changed = $counts.changed, run.skipped = $counts.skipped, run.gone = $counts.gone,
    run.errors = $counts.errors, run.coverage = $counts.coverage
RETURN run.run_id AS run_id
