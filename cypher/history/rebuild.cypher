// What do the events of these models say, and what is kept beside them, so that the two can be compared?
// $keys     list of strings: ModelRef.key
// $types    list of strings: event types of which something beside the event follows
// $marks    list of strings: event types that MARKED_BY leads to
// $members  list of strings: those of them that tell of a member
// Returns   one row: models, a map each: key, model_hash, name, composite, data_node, fields (texts), believed, created, state_from, first and last
//           (microseconds: of the node), born, newest (of its events), events (lists of [sequence, type, source, actor, microseconds, payload,
//           snapshot_hash]), tags (lists of [Tag.key, name, snapshot_hash it points at, since when]), unmarked (numbers of events that MARKED_BY misses),
//           strange (names of events that MARKED_BY should not lead to)
// Plan      NodeUniqueIndexSeek on ModelRef.key, then Expand along HAS_SNAPSHOT
UNWIND $keys AS key
MATCH (node:ModelRef {key: key})
CALL (node) {
  MATCH (node)-[:HAS_SNAPSHOT]->(event:Snapshot)
  RETURN min(event.timestamp) AS born, max(event.timestamp) AS newest, collect(CASE WHEN event.event_type IN $types THEN [
    event.sequence, event.event_type, event.source, event.actor, event.timestamp.epochSeconds * 1000000 + event.timestamp.microsecond,
    event.payload, event.snapshot_hash
  ] END) AS events
}
RETURN collect({
  key: node.key, model_hash: node.model_hash, name: node.name, composite: node:Composite, data_node: node:DataNode,
  fields: [node.owner, node.tier, node.status, node.purpose, node.model_type, node.model_origin, node.platform, node.metadata, toString(node.present)],
  believed: node.believed,
  created: node.created_at.epochSeconds * 1000000 + node.created_at.microsecond,
  state_from: node.state_from.epochSeconds * 1000000 + node.state_from.microsecond,
  last: node.last_timestamp.epochSeconds * 1000000 + node.last_timestamp.microsecond,
  born: born.epochSeconds * 1000000 + born.microsecond, newest: newest.epochSeconds * 1000000 + newest.microsecond,
  events: events,
  tags: [(node)-[:HAS_TAG]->(tag:Tag) | [tag.key, tag.name, head([(tag)-[:POINTS_AT]->(event:Snapshot) | event.snapshot_hash]),
    tag.updated_at.epochSeconds * 1000000 + tag.updated_at.microsecond]],
  unmarked: COLLECT {
    MATCH (node)-[:HAS_SNAPSHOT]->(event:Snapshot)
    WHERE event.event_type IN $marks AND (
      NOT EXISTS { (node)-[:MARKED_BY]->(event) } OR event.event_type IN $members AND NOT EXISTS {
        MATCH (member:ModelRef)-[:MARKED_BY]->(event)
        WHERE event.payload CONTAINS '"member_hash":"' + member.model_hash + '"'
      })
    RETURN event.sequence ORDER BY event.sequence
  },
  strange: COLLECT {
    MATCH (node)-[:MARKED_BY]->(event:Snapshot)
    WHERE NOT event.event_type IN $marks OR event.model_hash <> node.model_hash AND NOT (
      event.event_type IN $members AND event.payload CONTAINS '"member_hash":"' + node.model_hash + '"')
    RETURN event.snapshot_hash ORDER BY event.snapshot_hash
  }
}) AS models
