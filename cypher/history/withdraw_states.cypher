// Cease to believe former states of models.
// $rows     list of maps: key, valid_from ([seconds, nanoseconds])
// $now      datetime, UTC: from when on they are not believed
// $open_end datetime: 9999-12-31
// Returns   one row: states
// Plan      NodeUniqueIndexSeek on ModelRef.key
UNWIND $rows AS row
MATCH (node:ModelRef {key: row.key})-[:WAS]->(state:State {recorded_to: $open_end})
WHERE state.valid_from = datetime({epochSeconds: row.valid_from[0], nanosecond: row.valid_from[1]})
SET state.recorded_to = $now
RETURN count(state) AS states
