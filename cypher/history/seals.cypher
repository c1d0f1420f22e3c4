// Which seals are there, and what does the log itself say of the newest?
// Returns   one row: seals (columns of each, by number), log ([origin, number of the newest seal, its events]; null where there is none)
// Plan      NodeIndexScan on Seal.number, in its order; NodeUniqueIndexSeek on Log.number
OPTIONAL MATCH (log:Log {number: 0})
CALL () {
  MATCH (seal:Seal) WHERE seal.number IS NOT NULL
  WITH seal ORDER BY seal.number
  RETURN collect([
    CASE WHEN seal.number IS :: INTEGER THEN seal.number ELSE false END,
    CASE WHEN seal.first IS :: INTEGER THEN seal.first ELSE false END,
    CASE WHEN seal.last IS :: INTEGER THEN seal.last ELSE false END,
    CASE WHEN seal.count IS :: INTEGER THEN seal.count ELSE false END,
    CASE WHEN seal.root_hash IS :: STRING THEN seal.root_hash ELSE false END,
    CASE WHEN seal.sealed_at IS :: ZONED DATETIME THEN seal.sealed_at.epochSeconds * 1000000 + seal.sealed_at.microsecond END,
    CASE WHEN seal.checkpoint IS :: STRING THEN seal.checkpoint ELSE false END,
    CASE WHEN seal.origin IS :: STRING THEN seal.origin ELSE false END
  ]) AS seals
}
RETURN seals, CASE WHEN log IS NULL THEN null ELSE [
  CASE WHEN log.origin IS :: STRING THEN log.origin ELSE false END,
  CASE WHEN log.sealed IS :: INTEGER THEN log.sealed ELSE false END,
  CASE WHEN log.size IS :: INTEGER THEN log.size ELSE false END
] END AS log
