// Which place in the log has which event, from the first to the last?
// Returns   one row an event: position, chain_hash, model_hash, sequence, key of the model it hangs on
// Plan      NodeUniqueIndexScan on Snapshot.position, in its order, so that nothing is sorted and the answer streams
MATCH (snapshot:Snapshot)
WHERE snapshot.position IS NOT NULL
RETURN
  CASE WHEN snapshot.position IS :: INTEGER THEN snapshot.position ELSE false END,
  CASE WHEN snapshot.chain_hash IS :: STRING THEN snapshot.chain_hash ELSE false END,
  CASE WHEN snapshot.model_hash IS :: STRING THEN snapshot.model_hash ELSE false END,
  CASE WHEN snapshot.sequence IS :: INTEGER THEN snapshot.sequence ELSE false END,
  head([(snapshot)<-[:HAS_SNAPSHOT]-(node:ModelRef) | CASE WHEN node.key IS :: STRING THEN node.key ELSE false END])
ORDER BY snapshot.position
