// Give models other names, and with them other keys; their hashes stay. First all let go of the keys they have, so that two may change places.
// $rows    list of [ModelRef.key, new key, new name]
// Returns  one row: models
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Eager, as keys are read before they are set
UNWIND $rows AS row
MATCH (node:ModelRef {key: row[0]})
WITH collect([node, row[1], row[2]]) AS pairs
FOREACH (pair IN pairs | FOREACH (node IN [pair[0]] | SET node.key = 'renamed ' + node.model_hash))
WITH pairs
UNWIND pairs AS pair
WITH pair, pair[0] AS node
SET node.key = pair[1], node.name = pair[2]
RETURN count(*) AS models
