// How did versions of a model come from stage to stage?
// $name    string: name of the model
// $key     string or null: ModelRef.key of the one version that is asked about
// $type    string: the event type of such a move
// Returns  one row: moves, one list each: [version, microseconds, recorded at (microseconds), actor, payload], oldest first
// Plan     NodeUniqueIndexSeek on RegisteredModel.registered_name, then Expand along MEMBER_OF and HAS_SNAPSHOT
MATCH (:RegisteredModel {registered_name: $name})<-[:MEMBER_OF|WAS_MEMBER_OF]-(version:ModelVersion {model_name: $name})
WHERE $key IS NULL OR version.key = $key
WITH DISTINCT version
MATCH (version)-[:HAS_SNAPSHOT]->(event:Snapshot {event_type: $type})
WITH version.version AS name, event.timestamp.epochSeconds * 1000000 + event.timestamp.microsecond AS at,
  event.recorded_at.epochSeconds * 1000000 + event.recorded_at.microsecond AS recorded_at, event
ORDER BY at, recorded_at, event.sequence
RETURN collect([name, at, recorded_at, event.actor, event.payload]) AS moves
