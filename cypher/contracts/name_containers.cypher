// Make models the containers of a data model: entities and enumeration sets.
// $rows    list of maps: key (ModelRef.key), concept (map of the properties of a Concept)
// Returns  one row: concepts
// Plan     NodeUniqueIndexSeek on ModelRef.key
UNWIND $rows AS row
MATCH (node:ModelRef {key: row.key})
SET node:Concept, node += row.concept
RETURN count(node) AS concepts
