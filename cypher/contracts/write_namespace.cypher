// Make a group a namespace, or set what its newest report left: its counters are the next serials.
// $key    string: ModelRef.key, whose lock is held
// $state  map: prefix, namespace_uri, profile, mode, release, next_concept, next_revision, next_contract, next_binding, report_hash
// $at     datetime, UTC: time of the report
// Returns one row: key
// Plan    NodeUniqueIndexSeek on ModelRef.key
MATCH (node:ModelRef {key: $key})
SET node:Namespace, node += $state, node.synced_at = $at
RETURN node.key AS key
