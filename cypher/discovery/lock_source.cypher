// Hold a source until the transaction ends: of two runs at once each writes its batches on what the other has finished.
// $source  string: Source.key
// $token   string: anything; writing it takes the lock
// Returns  one row: last_complete_at (microseconds since 1970, or null)
// Plan     NodeUniqueIndexSeek on Source.key
MATCH (source:Source {key: $source})
SET source.lock = $token
RETURN source.last_complete_at.epochSeconds * 1000000 + source.last_complete_at.microsecond AS last_complete_at
