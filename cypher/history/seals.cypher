// Which seals are there, and has the log changed hands meanwhile?
// Returns   one row: seals (columns of each, by number), lock (what the last writer wrote there)
// Plan      NodeIndexScan on Seal.number, in its order; NodeUniqueIndexSeek on Log.number
OPTIONAL MATCH (log:Log {number: 0})
CALL () {
  MATCH (seal:Seal) WHERE seal.number IS NOT NULL
  WITH seal ORDER BY seal.number
  RETURN collect([
    seal.number, seal.first, seal.last, seal.count, seal.root_hash,
    seal.sealed_at.epochSeconds * 1000000 + seal.sealed_at.microsecond, seal.checkpoint
  ]) AS seals
}
RETURN seals, log.lock AS lock
