// Hold a lease for its whole length again, while it is still the same one.
// $source  string: Source.key
// $fence   integer: the number of the lease
// Returns  one row: renewed, 1 or 0
// Plan     NodeUniqueIndexSeek on Source.key
MATCH (source:Source {key: $source})
SET source.lock = source.lock
WITH source WHERE source.fence = $fence AND source.lease_until IS NOT NULL
SET source.lease_until = datetime.realtime() + duration({seconds: coalesce(source.lease_seconds, 0)})
RETURN count(source) AS renewed
