// What happened to one model, oldest first: when it was so, when the ledger learnt it, who said so?
// $key     string: ModelRef.key; in Browser first  :param key => 'ml/fraud_scoring'
// Returns  one row an event: at, learnt, event, actor, source, payload
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand along HAS_SNAPSHOT
MATCH (model:ModelRef {key: $key})-[has:HAS_SNAPSHOT]->(event:Snapshot)
RETURN event.timestamp AS at, event.recorded_at AS learnt, event.event_type AS event, event.actor AS actor, event.source AS source,
       event.payload AS payload
ORDER BY at, has.sequence
LIMIT 1000
