// What happened in the last seven days, newest first?
// Returns  one row an event: at, model, event, actor
// Plan     NodeByLabelScan on Snapshot
MATCH (snapshot:Snapshot)
WHERE snapshot.timestamp >= datetime() - duration({days: 7})
MATCH (model:ModelRef)-[:HAS_SNAPSHOT]->(snapshot)
WITH model.key AS model, snapshot
ORDER BY snapshot.timestamp DESC, model, snapshot.sequence DESC
LIMIT 200
RETURN snapshot.timestamp AS at, model, snapshot.event_type AS event, snapshot.actor AS actor
