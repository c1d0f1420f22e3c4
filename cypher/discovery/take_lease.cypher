// Take the lease of a source, or learn who has it.
// $key, $name, $scope  strings: Source.key, connector name, scope
// $holder   string: who takes it; whoever has it already gets it again
// $seconds  integer: how long it holds without being renewed
// $token    string: anything; writing it takes the lock
// Returns   one row: now, until and last_complete_at (microseconds since 1970, or null), taken, holder, fence: the number that
//           every write of the holder has to find again, fresh: whether the source has listed nothing yet
// Plan      NodeUniqueIndexSeek on Source.key
// A lease that ends later than its own length from now was taken before the clock was set back: it holds no longer.
MERGE (source:Source {key: $key})
  ON CREATE SET source.name = $name, source.scope = $scope
SET source.lock = $token
WITH source, datetime.realtime() AS time
WITH source, time, coalesce(source.lease_holder = $holder OR source.lease_until <= time
                            OR source.lease_until > time + duration({seconds: coalesce(source.lease_seconds, $seconds)}), true) AS free
FOREACH (_ IN CASE WHEN free THEN [1] ELSE [] END |
  SET source.fence = coalesce(source.fence, 0) + 1, source.lease_holder = $holder, source.lease_seconds = $seconds,
      source.lease_until = time + duration({seconds: $seconds}))
RETURN time.epochSeconds * 1000000 + time.microsecond AS now, free AS taken,
       source.lease_holder AS holder, source.fence AS fence,
       source.lease_until.epochSeconds * 1000000 + source.lease_until.microsecond AS until,
       source.last_complete_at.epochSeconds * 1000000 + source.last_complete_at.microsecond AS last_complete_at,
       NOT EXISTS { (source)<-[:SEEN_BY]-() } AS fresh
