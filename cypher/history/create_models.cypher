// Create models with their first events. The writer holds the stripes of their names and knows that none of them is there.
// $rows     list of maps, one a model: as for history/append, with model_hash, name and arrival
// $now      datetime, UTC: when the ledger learned it
// $source   string or null: Source.key of the source that sees them; then each row has seen, a map as for discovery/see
// Returns   one row: snapshots
// Plan      NodeUniqueIndexSeek on Source.key, once; everything else is created
OPTIONAL MATCH (source:Source {key: $source})
UNWIND $rows AS row
CREATE (node:ModelRef {
  key: row.key, model_hash: row.model_hash, name: row.name, arrival: row.arrival,
  owner: row.owner, tier: row.tier, status: row.status, purpose: row.purpose, model_type: row.model_type,
  model_origin: row.model_origin, platform: row.platform, metadata: row.metadata, present: row.present, believed: row.believed,
  created_at: datetime({epochSeconds: row.created[0], nanosecond: row.created[1]}),
  state_from: datetime({epochSeconds: row.state_from[0], nanosecond: row.state_from[1]}), state_recorded_from: $now,
  last_sequence: row.last_sequence, head_hash: row.head_hash, last_recorded: $now,
  last_timestamp: datetime({epochSeconds: row.last_timestamp[0], nanosecond: row.last_timestamp[1]})
})
FOREACH (seen IN CASE WHEN row.seen IS NULL THEN [] ELSE [row.seen] END |
  SET node:DataNode, node.discovered_at = datetime({epochSeconds: seen.first_seen[0], nanosecond: seen.first_seen[1]})
  CREATE (node)-[:SEEN_BY {
    content_hash: seen.content_hash, content_sequence: seen.content_sequence, opinion: seen.opinion, gone: seen.gone,
    first_seen: datetime({epochSeconds: seen.first_seen[0], nanosecond: seen.first_seen[1]}),
    last_seen: datetime({epochSeconds: seen.last_seen[0], nanosecond: seen.last_seen[1]}),
    last_known: datetime({epochSeconds: seen.last_known[0], nanosecond: seen.last_known[1]}),
    content_from: datetime({epochSeconds: seen.content_from[0], nanosecond: seen.content_from[1]})
  }]->(source)
)
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
