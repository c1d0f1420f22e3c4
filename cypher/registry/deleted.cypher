// Which of these versions were deleted?
// $keys    list of strings: ModelRef.key; other models may be among them
// Returns  one row: names, sorted
// Plan     NodeUniqueIndexSeek on ModelRef.key
UNWIND $keys AS key
MATCH (version:ModelVersion&ModelRef {key: key})
WHERE version.deleted_at IS NOT NULL
WITH version.name AS name ORDER BY name
RETURN collect(name) AS names
