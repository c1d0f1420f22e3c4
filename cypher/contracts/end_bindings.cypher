// Let bindings end: another one took their place, or what they stood for was removed.
// $rows    list of [uri, status]
// $at      datetime, UTC: when they ended
// $now     datetime, UTC: when the ledger learned of it
// Returns  one row: ended
// Plan     NodeUniqueIndexSeek on Binding.uri
UNWIND $rows AS row
MATCH (ended:Binding {uri: row[0]})
SET ended.status = row[1], ended.valid_to = $at, ended.end_recorded = $now
RETURN count(ended) AS ended
