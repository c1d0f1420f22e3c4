// Which models have a name like this one?
// $asked   string, lower-cased
// $most    integer: how many at most
// Returns  one row: keys, nearest in length first
// Plan     NodeByLabelScan: asked only where nothing fits
MATCH (node:ModelRef)
WITH node, toLower(node.name) AS name
WHERE name CONTAINS $asked OR $asked CONTAINS name OR left(name, 4) = left($asked, 4) OR toLower(node.key) CONTAINS $asked
WITH node.key AS key ORDER BY abs(size(key) - size($asked)), key LIMIT $most
RETURN collect(key) AS keys
