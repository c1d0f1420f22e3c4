// Which version of a model was in production at a moment: the one whose last move by then was to there?
// $name      string: name of the model
// $type      string: the event type of a move from stage to stage
// $as_of     datetime, UTC: the moment
// $known_at  datetime, UTC: by what was recorded until then
// Returns    one row: versions, one list each, at most one: [version, since when (microseconds)]
// Plan       NodeUniqueIndexSeek on RegisteredModel.registered_name, then Expand along MEMBER_OF and HAS_SNAPSHOT
MATCH (:RegisteredModel {registered_name: $name})<-[:MEMBER_OF|WAS_MEMBER_OF]-(version:ModelVersion {model_name: $name})
WITH DISTINCT version
MATCH (version)-[:HAS_SNAPSHOT]->(event:Snapshot {event_type: $type})
WHERE event.timestamp <= $as_of AND event.recorded_at <= $known_at
WITH version, event ORDER BY event.timestamp, event.sequence
WITH version, last(collect(event)) AS move
WHERE move.payload CONTAINS '"new":"production"'
RETURN collect([version.version, move.timestamp.epochSeconds * 1000000 + move.timestamp.microsecond]) AS versions
