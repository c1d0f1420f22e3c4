// What does the newest seal say?
// Returns   one row: seal, its columns; none where nothing was sealed
// Plan      NodeIndexScan on Seal.number, from its end
MATCH (seal:Seal) WHERE seal.number IS NOT NULL
WITH seal ORDER BY seal.number DESC LIMIT 1
RETURN [
  seal.number, seal.first, seal.last, seal.count, seal.root_hash,
  seal.sealed_at.epochSeconds * 1000000 + seal.sealed_at.microsecond, seal.checkpoint
] AS seal
