// Take back a run that wrote nothing, and its source where nothing hangs on it: what was read was signed by another source.
// $source  string: Source.key
// $run_id  string
// Returns  one row: dropped, 1 or 0
// Plan     NodeUniqueIndexSeek on Source.key and Run.run_id
MATCH (source:Source {key: $source})
OPTIONAL MATCH (run:Run {run_id: $run_id})
WHERE run.status = 'running' AND NOT run.complete AND NOT EXISTS { (run)-[:WROTE]->() }
SET source.lease_until = null, source.lease_holder = null, source.running = null
WITH source, run, count(run) AS dropped
DETACH DELETE run
WITH source, dropped
FOREACH (_ IN CASE WHEN NOT EXISTS { (source)--() } THEN [1] ELSE [] END | DETACH DELETE source)
RETURN dropped
