// Set a seal, or keep another text of the newest one: what was closed never changes. The writer holds the log, which keeps how far it is sealed.
// $number, $first, $last, $count        integers
// $root_hash, $checkpoint, $origin      strings
// Returns   one row: sealed_at, microseconds
// Plan      NodeUniqueIndexSeek on Seal.number and on Log.number
MERGE (seal:Seal {number: $number})
  ON CREATE SET seal.first = $first, seal.last = $last, seal.count = $count, seal.root_hash = $root_hash,
                seal.sealed_at = datetime.realtime()
SET seal.checkpoint = $checkpoint, seal.origin = $origin
WITH seal
MATCH (log:Log {number: 0})
SET log.origin = $origin, log.sealed = $number, log.size = $last + 1
RETURN seal.sealed_at.epochSeconds * 1000000 + seal.sealed_at.microsecond AS sealed_at
