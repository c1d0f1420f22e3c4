// When was a source first listed completely after a moment?
// $source       string: Source.key
// $observed_at  datetime, UTC
// Returns       one row: time (microseconds since 1970, or null)
// Plan          NodeIndexSeek on Run(source_key, observed_at)
MATCH (run:Run {source_key: $source})
WHERE run.observed_at > $observed_at AND run.complete
WITH min(run.observed_at) AS time
RETURN time.epochSeconds * 1000000 + time.microsecond AS time
