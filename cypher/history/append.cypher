// Append events to models and set what the models are believed to be now. The writer holds the models' locks.
// $rows     list of maps, one a model: key, events (list of maps), the identity fields, present, believed, created, state_from and
//           state_recorded_from (microseconds), last_sequence, head_hash, last_timestamp (microseconds)
// $now      datetime, UTC: when the ledger learned it
// Returns   one row: snapshots
// Plan      NodeUniqueIndexSeek on ModelRef.key
UNWIND $rows AS row
MATCH (node:ModelRef {key: row.key})
SET node.owner = row.owner, node.tier = row.tier, node.status = row.status, node.purpose = row.purpose,
    node.model_type = row.model_type, node.model_origin = row.model_origin, node.platform = row.platform,
    node.metadata = row.metadata, node.present = row.present, node.believed = row.believed,
    node.created_at = datetime({epochSeconds: row.created[0], nanosecond: row.created[1]}),
    node.state_from = datetime({epochSeconds: row.state_from[0], nanosecond: row.state_from[1]}),
    node.state_recorded_from = datetime({epochSeconds: row.state_recorded_from[0], nanosecond: row.state_recorded_from[1]}),
    node.last_sequence = row.last_sequence, node.head_hash = row.head_hash, node.last_recorded = $now,
    node.last_timestamp = datetime({epochSeconds: row.last_timestamp[0], nanosecond: row.last_timestamp[1]})
WITH node, row
UNWIND row.events AS event
CREATE (node)-[:HAS_SNAPSHOT {sequence: event.sequence}]->(snapshot:Snapshot {
  snapshot_hash: event.snapshot_hash, model_hash: node.model_hash, sequence: event.sequence, event_type: event.event_type,
  actor: event.actor, source: event.source, timestamp: datetime({epochSeconds: event.at[0], nanosecond: event.at[1]}),
  recorded_at: $now, payload: event.payload, tags: event.tags, parent_hash: event.parent_hash,
  previous_hash: event.previous_hash, chain_hash: event.chain_hash, repetition: event.repetition
})
FOREACH (_ IN CASE WHEN event.state THEN [1] ELSE [] END | SET snapshot:StateChange)
FOREACH (_ IN CASE WHEN event.mark THEN [1] ELSE [] END | CREATE (node)-[:MARKED_BY]->(snapshot))
RETURN count(snapshot) AS snapshots
