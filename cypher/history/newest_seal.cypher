// What does the newest seal say?
// Returns   one row: seal, its columns; none where nothing was sealed
// Plan      NodeIndexScan on Seal.number, from its end
MATCH (seal:Seal) WHERE seal.number IS NOT NULL
WITH seal ORDER BY seal.number DESC LIMIT 1
RETURN [
  CASE WHEN seal.number IS :: INTEGER THEN seal.number ELSE false END,
  CASE WHEN seal.first IS :: INTEGER THEN seal.first ELSE false END,
  CASE WHEN seal.last IS :: INTEGER THEN seal.last ELSE false END,
  CASE WHEN seal.count IS :: INTEGER THEN seal.count ELSE false END,
  CASE WHEN seal.root_hash IS :: STRING THEN seal.root_hash ELSE false END,
  CASE WHEN seal.sealed_at IS :: ZONED DATETIME THEN seal.sealed_at.epochSeconds * 1000000 + seal.sealed_at.microsecond END,
  CASE WHEN seal.checkpoint IS :: STRING THEN seal.checkpoint ELSE false END,
  CASE WHEN seal.origin IS :: STRING THEN seal.origin ELSE false END
] AS seal
