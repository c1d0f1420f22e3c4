// Let a version be in a stage; the database takes no second one in production.
// $key            string: ModelRef.key of the version, locked
// $stage          string: the stage
// $production_of  string or null: model_hash of its model, where that is production
// $at             datetime, UTC: since when
// Returns         one row: versions
// Plan            NodeUniqueIndexSeek on ModelRef.key
MATCH (version:ModelVersion&ModelRef {key: $key})
SET version.stage = $stage, version.stage_since = $at, version.production_of = $production_of
RETURN count(version) AS versions
