// Which version of a model was made last?
// $name    string: name of the model
// Returns  one row: version, null where there is none
// Plan     NodeUniqueIndexSeek on RegisteredModel.registered_name, then Expand along MEMBER_OF and WAS_MEMBER_OF, Top 1
OPTIONAL MATCH (:RegisteredModel {registered_name: $name})<-[:MEMBER_OF|WAS_MEMBER_OF]-(version:ModelVersion {model_name: $name})
WHERE version.deleted_at IS NULL
WITH version ORDER BY version.registered_at DESC, version.arrival DESC LIMIT 1
RETURN version.version AS version
