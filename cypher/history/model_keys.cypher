// The next models by key?
// $after   string: the last key of the page before, '' for the first page
// $most    integer: how many at most
// Returns  one row: keys
// Plan     NodeIndexSeekByRange on ModelRef.key, in its order
MATCH (node:ModelRef)
WHERE node.key > $after
WITH node.key AS key ORDER BY key LIMIT $most
RETURN collect(key) AS keys
