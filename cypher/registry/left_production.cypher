// When did a version of a model last come into production, or leave it?
// $name    string: name of the model
// $type    string: the event type of a move from stage to stage
// Returns  one row: at (microseconds), null where none ever was
// Plan     NodeUniqueIndexSeek on RegisteredModel.registered_name, then Expand along MEMBER_OF and HAS_SNAPSHOT
MATCH (:RegisteredModel {registered_name: $name})<-[:MEMBER_OF|WAS_MEMBER_OF]-(version:ModelVersion {model_name: $name})
WITH DISTINCT version
MATCH (version)-[:HAS_SNAPSHOT]->(event:Snapshot {event_type: $type})
WHERE event.payload CONTAINS '"new":"production"' OR event.payload CONTAINS '"old":"production"'
RETURN max(event.timestamp.epochSeconds * 1000000 + event.timestamp.microsecond) AS at
