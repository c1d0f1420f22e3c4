// Which models fit, how many are they, and what happened to them last?
// $owner, $platform, $model_type, $tier, $status  string or null: only models that have it at the moment
// $words          list of lists of strings, lower-cased, or null: only models that hold one word of every list in key, purpose or owner
// $narrowed       string or null: a Lucene query that finds all of them by today's full-text index, and may find more
// $relevant       string or null, lower-cased: the text to order by, nearest first, then by name; null: by name
// $changed_since  datetime, UTC, or null: only models that changed at that time or later
// $validated      boolean or null: only models that were (or were not) validated since their last change
// $quiet          list of strings: event types that are no change of the model
// $validation     string: the event type of a validation
// $as_of          datetime, UTC: a state counts when valid_from <= $as_of < valid_to, an event when timestamp <= $as_of
// $known_at       datetime, UTC: and when recorded_from <= $known_at < recorded_to, recorded_at <= $known_at
// $believed       datetime or null: 9999-12-31 where what is believed now is asked for, which is found faster
// $skip, $most    integers: how many to leave out, how many at most
// Returns         one row: total, rows (one list a model, in that order: key, name, owner, model_type, platform, tier, status, type of the newest event,
//                 number of events, microseconds of the last change and of the last validation)
// Plan            either ProcedureCall on the full-text index or NodeByLabelScan on ModelRef, each behind a Filter that lets only one of them
//                 begin; NodeIndexSeek on the clocks of State twice, one of which finds nothing, for nothing equals null;
//                 filters; the events of those that fit are read only where a change or a validation is asked for, else of one page
CALL () {
  WITH $narrowed AS narrowed WHERE narrowed IS NULL
  MATCH (node:ModelRef)
  WHERE node.state_from <= $as_of AND node.state_recorded_from <= $known_at
  RETURN node, node AS state
  UNION ALL
  WITH $narrowed AS narrowed WHERE narrowed IS NOT NULL
  CALL db.index.fulltext.queryNodes('fulltext_ModelRef_text', narrowed) YIELD node
  RETURN node, node AS state
  UNION ALL
  MATCH (node:ModelRef)-[:WAS]->(state:State)
  USING INDEX SEEK state:State(recorded_to, valid_to, valid_from)
  WHERE state.recorded_to = $believed AND state.valid_from <= $as_of AND $as_of < state.valid_to
  RETURN node, state
  UNION ALL
  MATCH (node:ModelRef)-[:WAS]->(state:State)
  USING INDEX SEEK state:State(recorded_to, valid_to, valid_from)
  WHERE state.valid_from    <= $as_of    AND $as_of    < state.valid_to
    AND state.recorded_from <= $known_at AND CASE WHEN $believed IS NULL THEN $known_at END < state.recorded_to
  RETURN node, state
}
WITH node, state
WHERE ($owner IS NULL OR state.owner = $owner) AND ($platform IS NULL OR state.platform = $platform)
  AND ($model_type IS NULL OR state.model_type = $model_type) AND ($tier IS NULL OR state.tier = $tier)
  AND ($status IS NULL OR state.status = $status)
WITH node, state, CASE WHEN $words IS NOT NULL THEN
  toLower(node.key + '\n' + coalesce(state.purpose, '') + '\n' + coalesce(state.owner, ''))
END AS held
WHERE $words IS NULL OR all(near IN $words WHERE any(word IN near WHERE held CONTAINS word))
WITH node, state, CASE WHEN $changed_since IS NULL AND $validated IS NULL THEN null ELSE head(COLLECT {
  MATCH (node)-[:HAS_SNAPSHOT]->(event:Snapshot)
  WHERE event.timestamp <= $as_of AND event.recorded_at <= $known_at AND NOT event.event_type IN $quiet
  RETURN event ORDER BY event.timestamp DESC, event.sequence DESC LIMIT 1
}) END AS change
WHERE $changed_since IS NULL OR $changed_since <= change.timestamp
WITH node, state, change, CASE WHEN $validated IS NULL THEN null ELSE EXISTS {
  MATCH (node)-[:MARKED_BY]->(event:Snapshot)
  WHERE event.event_type = $validation AND event.timestamp <= $as_of AND event.recorded_at <= $known_at
    AND (change IS NULL OR event.timestamp > change.timestamp OR event.timestamp = change.timestamp AND event.sequence > change.sequence)
} END AS validated
WHERE $validated IS NULL OR validated = $validated
WITH node, state, CASE WHEN $relevant IS NULL THEN 0 ELSE CASE
  WHEN toLower(node.name) = $relevant OR toLower(node.key) = $relevant THEN 0
  WHEN toLower(node.name) STARTS WITH $relevant                        THEN 1
  WHEN toLower(node.name) CONTAINS $relevant                           THEN 2
  WHEN all(near IN $words WHERE any(word IN near WHERE toLower(node.name) CONTAINS word)) THEN 3
  WHEN toLower(state.purpose) CONTAINS $relevant                       THEN 4
  ELSE 5
END END AS distance
ORDER BY distance, node.name, node.key
WITH collect([node, state]) AS found
WITH size(found) AS total, found[$skip..$skip + $most] AS page
RETURN total, COLLECT {
  UNWIND page AS pair
  WITH pair[0] AS node, pair[1] AS state
  CALL (node) {
    MATCH (node)-[:HAS_SNAPSHOT]->(event:Snapshot)
    WHERE event.timestamp <= $as_of AND event.recorded_at <= $known_at
    WITH event ORDER BY event.timestamp DESC, event.sequence DESC
    RETURN count(event) AS events, head(collect(event.event_type)) AS newest,
      max(CASE WHEN NOT event.event_type IN $quiet THEN event.timestamp.epochSeconds * 1000000 + event.timestamp.microsecond END) AS changed,
      max(CASE WHEN event.event_type = $validation THEN event.timestamp.epochSeconds * 1000000 + event.timestamp.microsecond END) AS validated
  }
  RETURN [
    node.key, node.name, state.owner, state.model_type, state.platform, state.tier, state.status, newest, events, changed, validated
  ]
} AS rows
