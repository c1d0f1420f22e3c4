// What is recorded and believed of the memberships of these models in one group?
// $composite   string: ModelRef.key of the group, locked
// $model_hash  string: its ModelRef.model_hash
// $members     list of strings: ModelRef.key, locked
// $types       list of strings: event types that tell of a membership
// $open_end    datetime: 9999-12-31
// Returns      one row of parallel lists: keys, hashes (ModelRef.model_hash), nested (whether it is a group itself), spans (lists of [role or '', valid_from, valid_to] in
//              microseconds, believed ones), events (lists of [sequence, type, microseconds, payload, snapshot_hash])
// Plan         NodeUniqueIndexSeek on ModelRef.key, then Expand along MEMBER_OF and MARKED_BY, of which a model has few
UNWIND $members AS key
MATCH (node:ModelRef {key: key})
RETURN collect(key) AS keys, collect(node.model_hash) AS hashes, collect(node:Composite) AS nested,
  collect([(node)-[member:MEMBER_OF|WAS_MEMBER_OF {recorded_to: $open_end}]->(group:Composite) WHERE group.key = $composite | [
    coalesce(member.role, ''), member.valid_from.epochSeconds * 1000000 + member.valid_from.microsecond,
    member.valid_to.epochSeconds * 1000000 + member.valid_to.microsecond
  ]]) AS spans,
  collect([(node)-[:MARKED_BY]->(snapshot:Snapshot) WHERE snapshot.model_hash = $model_hash AND snapshot.event_type IN $types | [
    snapshot.sequence, snapshot.event_type, snapshot.timestamp.epochSeconds * 1000000 + snapshot.timestamp.microsecond,
    snapshot.payload, snapshot.snapshot_hash
  ]]) AS events
