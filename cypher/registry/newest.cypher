// Which version of a model was made last?
// $name    string: name of the model
// Returns  one row: version, null where there is none
// Plan     NodeUniqueIndexSeek on RegisteredModel.name, then Expand along MEMBER_OF and Top 1
OPTIONAL MATCH (:RegisteredModel {name: $name})<-[:MEMBER_OF]-(version:ModelVersion)
WHERE version.deleted_at IS NULL
WITH version ORDER BY version.registered_at DESC, version.arrival DESC LIMIT 1
RETURN version.version AS version
