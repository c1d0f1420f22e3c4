// Which models have these names, on whatever platform?
// $names   list of strings: ModelRef.name
// Returns  one row of parallel lists: names, keys
// Plan     NodeIndexSeek on ModelRef.name
UNWIND $names AS name
MATCH (node:ModelRef {name: name})
WITH name, node.key AS key ORDER BY key
RETURN collect(name) AS names, collect(key) AS keys
