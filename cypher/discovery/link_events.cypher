// Which declarations of dependencies does the log of this reader hold?
// $key     string: ModelRef.key, locked
// $types   list of strings: the event types that declare and that take back
// Returns  one row: events, one list of [sequence, type, actor, microseconds, payload] each
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand along HAS_SNAPSHOT
MATCH (node:ModelRef {key: $key})-[:HAS_SNAPSHOT]->(snapshot:Snapshot)
WHERE snapshot.event_type IN $types
RETURN collect([
  snapshot.sequence, snapshot.event_type, snapshot.actor,
  snapshot.timestamp.epochSeconds * 1000000 + snapshot.timestamp.microsecond, snapshot.payload
]) AS events
