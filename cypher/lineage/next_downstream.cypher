// Which nodes read what these write at a moment? One step of a walk that begins at many.
// $keys      strings   ModelRef.key
// $as_of     datetime  UTC; a claim counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// Returns    one row: keys, each once, in no order
// Plan       NodeUniqueIndexSeek on DataNode.key, then Expand, each port once
UNWIND $keys AS key
MATCH (node:DataNode {key: key})-[first:FEEDS|FED]->(port:Port)
USING INDEX SEEK node:DataNode(key)
WHERE first.valid_from    <= $as_of    AND $as_of    < first.valid_to
  AND first.recorded_from <= $known_at AND $known_at < first.recorded_to
WITH DISTINCT port
MATCH (port)-[second:FEEDS|FED]->(next:DataNode)
WHERE second.valid_from    <= $as_of    AND $as_of    < second.valid_to
  AND second.recorded_from <= $known_at AND $known_at < second.recorded_to
RETURN collect(DISTINCT next.key) AS keys
