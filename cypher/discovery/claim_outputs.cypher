// Write claims that have not ended: what nodes write.
// $rows      list of maps, one a node: key, claims (list of maps: port, edge, source, relationship, via, start [seconds, nanoseconds])
// $now       datetime, UTC: since when the ledger believes them
// $open_end  datetime: 9999-12-31
// Returns    one row: claims
// Plan       NodeUniqueIndexSeek on ModelRef.key and Port.key
UNWIND $rows AS row
MATCH (node:ModelRef {key: row.key})
UNWIND row.claims AS claim
MATCH (port:Port {key: claim.port})
CREATE (node)-[:FEEDS {
  edge_key: claim.edge, source: claim.source, relationship: claim.relationship, via: claim.via,
  valid_from: datetime({epochSeconds: claim.start[0], nanosecond: claim.start[1]}), valid_to: $open_end, recorded_from: $now, recorded_to: $open_end
}]->(port)
RETURN count(*) AS claims
