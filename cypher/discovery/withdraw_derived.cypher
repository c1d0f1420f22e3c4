// Cease to believe how columns came about, where that had ended.
// $rows     list of maps: node (ModelRef.key), edge (edge_key), start ([seconds, nanoseconds])
// $now      datetime, UTC: from when on they are not believed
// $open_end datetime: 9999-12-31
// Returns   one row: claims
// Plan      NodeUniqueIndexSeek on ModelRef.key, then Expand
UNWIND $rows AS row
MATCH (node:ModelRef {key: row.node})-[was:DERIVED {edge_key: row.edge}]-(:Port)
WHERE was.recorded_to = $open_end AND was.valid_from = datetime({epochSeconds: row.start[0], nanosecond: row.start[1]})
SET was.recorded_to = $now
RETURN count(was) AS claims
