// How much of each source was understood: every statement of the last reading, and how the sums went from run to run?
// $source  string: Source.key, or the connector's name for all its scopes; null for all
// $runs    integer: how many of the newest runs
// Returns  one row: sources, a list of maps: source, statements (JSON or null), runs: a list of maps, newest first;
//          times in microseconds since 1970. A source without any run is not among them
// Plan     NodeIndexSeek on Run(source_key, observed_at) for each source
MATCH (source:Source)
WHERE ($source IS NULL OR source.key = $source OR source.name = $source) AND EXISTS { (source)<-[:OF]-() }
WITH source ORDER BY source.key
RETURN collect({source: source.key, statements: source.statements, runs: COLLECT {
  MATCH (run:Run {source_key: source.key})
  USING INDEX run:Run(source_key, observed_at)
  WHERE run.observed_at IS NOT NULL AND run.status <> 'running'
  WITH run ORDER BY run.observed_at DESC LIMIT $runs
  RETURN {run_id: run.run_id, status: run.status, complete: run.complete, errors: run.errors, coverage: run.coverage,
          observed_at: run.observed_at.epochSeconds * 1000000 + run.observed_at.microsecond}
}}) AS sources
