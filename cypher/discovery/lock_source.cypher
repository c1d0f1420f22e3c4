// Hold a source until the transaction ends: of two runs at once each writes its batches on what the other has finished.
// $source  string: Source.key
// $fence   integer: the number of the writer's lease, which goes on for its whole length; null without one
// $token   string: anything; writing it takes the lock
// Returns  one row: last_complete_at (microseconds since 1970, or null), fence: the number of the newest lease
// Plan     NodeUniqueIndexSeek on Source.key
MATCH (source:Source {key: $source})
SET source.lock = $token
FOREACH (_ IN CASE WHEN source.fence = $fence AND source.lease_until IS NOT NULL THEN [1] ELSE [] END |
  SET source.lease_until = datetime.realtime() + duration({seconds: coalesce(source.lease_seconds, 0)}))
RETURN source.last_complete_at.epochSeconds * 1000000 + source.last_complete_at.microsecond AS last_complete_at,
       source.fence AS fence
