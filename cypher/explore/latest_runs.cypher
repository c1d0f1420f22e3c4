// When was each source last read, and how did it go?
// Returns  one row a source, longest ago first: source, read (null: never), observed_at, status, complete, added, changed, gone, errors (JSON)
// Plan     NodeByLabelScan on Source, then Expand along OF
MATCH (source:Source)
WITH source, head(COLLECT { MATCH (run:Run)-[:OF]->(source) RETURN run ORDER BY run.started_at DESC, run.observed_at DESC LIMIT 1 }) AS run
RETURN source.key AS source, run.started_at AS read, run.observed_at AS observed_at, run.status AS status, run.complete AS complete,
       run.added AS added, run.changed AS changed, run.gone AS gone, run.errors AS errors
ORDER BY read IS NOT NULL, read, source
