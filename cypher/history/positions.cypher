// Which place in the log has which event, from the first to the last?
// Returns   one row an event: position, chain_hash, model_hash, sequence, key of the model it hangs on
// Plan      NodeUniqueIndexScan on Snapshot.position, in its order, so that nothing is sorted and the answer streams
MATCH (snapshot:Snapshot)
WHERE snapshot.position IS NOT NULL
RETURN snapshot.position, snapshot.chain_hash, snapshot.model_hash, snapshot.sequence,
       head([(snapshot)<-[:HAS_SNAPSHOT]-(node:ModelRef) | node.key])
ORDER BY snapshot.position
