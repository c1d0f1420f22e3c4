// Write how the columns of outputs come about, as claimed and not ended.
// $rows      list of maps, one a node: key, claims (list of maps: port, edge, source, relationship, via, flows (lines),
//            start [seconds, nanoseconds])
// $now       datetime, UTC: since when the ledger believes them
// $open_end  datetime: 9999-12-31
// Returns    one row: claims
// Plan       NodeUniqueIndexSeek on ModelRef.key and Port.key
UNWIND $rows AS row
MATCH (node:ModelRef {key: row.key})
UNWIND row.claims AS claim
MATCH (port:Port {key: claim.port})
CREATE (node)-[:DERIVES {
  edge_key: claim.edge, source: claim.source, relationship: claim.relationship, via: claim.via, flows: claim.flows,
  valid_from: datetime({epochSeconds: claim.start[0], nanosecond: claim.start[1]}), valid_to: $open_end, recorded_from: $now, recorded_to: $open_end
}]->(port)
RETURN count(*) AS claims
