// Lock the log, and say how far it is; whoever gives positions or sets a seal holds this lock.
// $token    string: anything; writing it takes the lock
// Returns   one row: origin, sealed and size (number and events of the newest seal, as the log has them), newest (position), tile (newest number),
//           seal (columns of the newest); null where there is none
// Plan      NodeUniqueIndexSeek on Log.number; newest position, tile and seal from the end of an index
MERGE (log:Log {number: 0})
  ON CREATE SET log.origin = 'graph-ledger/' + randomUUID()
SET log.lock = $token
WITH log
CALL () {
  OPTIONAL MATCH (snapshot:Snapshot) WHERE snapshot.position IS NOT NULL
  RETURN snapshot.position AS newest ORDER BY newest DESC LIMIT 1
}
CALL () {
  OPTIONAL MATCH (tile:Tile) WHERE tile.number IS NOT NULL
  RETURN tile.number AS tile ORDER BY tile DESC LIMIT 1
}
CALL () {
  OPTIONAL MATCH (seal:Seal) WHERE seal.number IS NOT NULL
  RETURN seal ORDER BY seal.number DESC LIMIT 1
}
RETURN
  CASE WHEN log.origin IS :: STRING THEN log.origin ELSE false END AS origin,
  CASE WHEN log.sealed IS :: INTEGER THEN log.sealed ELSE false END AS sealed,
  CASE WHEN log.size IS :: INTEGER THEN log.size ELSE false END AS size,
  CASE WHEN newest IS :: INTEGER THEN newest ELSE false END AS newest,
  CASE WHEN tile IS :: INTEGER THEN tile ELSE false END AS tile,
  CASE WHEN seal IS NULL THEN null ELSE [
    CASE WHEN seal.number IS :: INTEGER THEN seal.number ELSE false END,
    CASE WHEN seal.first IS :: INTEGER THEN seal.first ELSE false END,
    CASE WHEN seal.last IS :: INTEGER THEN seal.last ELSE false END,
    CASE WHEN seal.count IS :: INTEGER THEN seal.count ELSE false END,
    CASE WHEN seal.root_hash IS :: STRING THEN seal.root_hash ELSE false END,
    CASE WHEN seal.sealed_at IS :: ZONED DATETIME THEN seal.sealed_at.epochSeconds * 1000000 + seal.sealed_at.microsecond END,
    CASE WHEN seal.checkpoint IS :: STRING THEN seal.checkpoint ELSE false END,
    CASE WHEN seal.origin IS :: STRING THEN seal.origin ELSE false END
  ] END AS seal
