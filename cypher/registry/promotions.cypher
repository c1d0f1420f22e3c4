// Which versions of a model came into production, in order?
// $name    string: name of the model
// $type    string: the event type of a move from stage to stage
// Returns  one row: promotions, oldest first, one list each: [version, whether it was a rollback, whether the version was deleted since]
// Plan     NodeUniqueIndexSeek on RegisteredModel.registered_name, then Expand along MEMBER_OF and HAS_SNAPSHOT
MATCH (:RegisteredModel {registered_name: $name})<-[:MEMBER_OF|WAS_MEMBER_OF]-(version:ModelVersion {model_name: $name})
WITH DISTINCT version
MATCH (version)-[:HAS_SNAPSHOT]->(event:Snapshot {event_type: $type})
WHERE event.payload CONTAINS '"new":"production"'
WITH version, event ORDER BY event.timestamp, event.recorded_at, event.sequence
RETURN collect([version.version, event.payload CONTAINS '"rollback":true', version.deleted_at IS NOT NULL]) AS promotions
