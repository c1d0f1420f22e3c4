// When was a source listed completely: at a moment exactly, and first after it?
// $source       string: Source.key
// $observed_at  datetime, UTC
// Returns       one row: same (whether there is one for exactly that moment), next (microseconds since 1970, or null)
// Plan          NodeIndexSeek on Run(source_key, observed_at)
MATCH (run:Run {source_key: $source})
WHERE run.observed_at >= $observed_at AND run.complete
WITH count(CASE WHEN run.observed_at = $observed_at THEN 1 END) > 0 AS same,
     min(CASE WHEN run.observed_at > $observed_at THEN run.observed_at END) AS next
RETURN same, next.epochSeconds * 1000000 + next.microsecond AS next
