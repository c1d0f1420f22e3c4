// Lock the log, and say how far it is; whoever gives positions or sets a seal holds this lock.
// $token    string: anything; writing it takes the lock
// $origin   string or null: what the log is called from now on; null keeps its name
// Returns   one row: origin, newest (position, null where there is none), seal (columns of the newest, null where there is none)
// Plan      NodeUniqueIndexSeek on Log.number; newest position and seal from the end of an index
MERGE (log:Log {number: 0})
  ON CREATE SET log.origin = 'graph-ledger/' + randomUUID()
SET log.lock = $token, log.origin = coalesce($origin, log.origin)
WITH log
CALL () {
  OPTIONAL MATCH (snapshot:Snapshot) WHERE snapshot.position IS NOT NULL
  RETURN snapshot.position AS newest ORDER BY newest DESC LIMIT 1
}
CALL () {
  OPTIONAL MATCH (seal:Seal) WHERE seal.number IS NOT NULL
  RETURN seal ORDER BY seal.number DESC LIMIT 1
}
RETURN log.origin AS origin, newest, CASE WHEN seal IS NULL THEN null ELSE [
  seal.number, seal.first, seal.last, seal.count, seal.root_hash,
  seal.sealed_at.epochSeconds * 1000000 + seal.sealed_at.microsecond, seal.checkpoint
] END AS seal
