// Give models that were registered without a platform the platform on which they were discovered first; the identity stays.
// $rows    list of [old key, new key]
// Returns  one row: models
UNWIND $rows AS row
MATCH (node:ModelRef {key: row[0]})
SET node.key = row[1]
RETURN count(node) AS models
