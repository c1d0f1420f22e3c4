// Give events their positions in the log, in the order given, without gaps; those that have one keep it.
// $hashes   list of strings: Snapshot.snapshot_hash
// $first    integer: position of the first; the writer holds the log
// Returns   one row: leaves, one list of [position, chain_hash] each
// Plan      NodeUniqueIndexSeek on Snapshot.snapshot_hash
UNWIND range(0, size($hashes) - 1) AS number
MATCH (snapshot:Snapshot {snapshot_hash: $hashes[number]})
WHERE snapshot.position IS NULL
WITH snapshot ORDER BY number
WITH collect(snapshot) AS snapshots
UNWIND range(0, size(snapshots) - 1) AS number
WITH snapshots[number] AS snapshot, $first + number AS position
SET snapshot.position = position
RETURN collect([position, snapshot.chain_hash]) AS leaves
