// Which words do the models of a moment have? Asked where a search finds nothing, to find what was meant.
// $as_of     datetime, UTC: a state counts when valid_from <= $as_of < valid_to
// $known_at  datetime, UTC: and when recorded_from <= $known_at < recorded_to
// Returns    one row: words, each once, lower-cased; cut at blanks and at what names are cut at, so some hold further signs
// Plan       NodeByLabelScan on ModelRef; NodeIndexSeek on the clocks of State
CALL () {
  MATCH (node:ModelRef)
  WHERE node.state_from <= $as_of AND node.state_recorded_from <= $known_at
  RETURN node, node AS state
  UNION ALL
  MATCH (node:ModelRef)-[:WAS]->(state:State)
  USING INDEX SEEK state:State(recorded_to, valid_to, valid_from)
  WHERE state.valid_from    <= $as_of    AND $as_of    < state.valid_to
    AND state.recorded_from <= $known_at AND $known_at < state.recorded_to
  RETURN node, state
}
UNWIND split(toLower(node.key + ' ' + coalesce(state.purpose, '') + ' ' + coalesce(state.owner, '')), [' ', '_', '-', '.', '/']) AS word
RETURN collect(DISTINCT word) AS words
