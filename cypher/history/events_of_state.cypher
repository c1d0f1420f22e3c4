// Which events of these models say what they are and what they read and write? What a late event is folded into.
// $keys    list of strings: ModelRef.key, locked
// $types   list of strings: event types that can say so
// Returns  one row of parallel lists: keys, and events, one list of [sequence, type, source, microseconds, payload] a model
// Plan     NodeUniqueIndexSeek on ModelRef.key
UNWIND $keys AS key
MATCH (node:ModelRef {key: key})
OPTIONAL MATCH (node)-[:HAS_SNAPSHOT]->(snapshot:Snapshot)
WHERE snapshot.event_type IN $types
WITH node, collect([
  snapshot.sequence, snapshot.event_type, snapshot.source,
  snapshot.timestamp.epochSeconds * 1000000 + snapshot.timestamp.microsecond, snapshot.payload
]) AS events
RETURN collect(node.key) AS keys, collect(events) AS events
