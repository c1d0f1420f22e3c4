// Which events have no position in the log yet, in the order in which they get one?
// $most    integer: how many at most
// Returns  one row: hashes, by recorded_at, then snapshot_hash
// Plan     NodeByLabelScan on Snapshot: what is absent is in no index; Top keeps $most
MATCH (snapshot:Snapshot)
WHERE snapshot.position IS NULL AND snapshot.snapshot_hash IS NOT NULL
WITH snapshot ORDER BY snapshot.recorded_at, snapshot.snapshot_hash LIMIT $most
RETURN collect(snapshot.snapshot_hash) AS hashes
