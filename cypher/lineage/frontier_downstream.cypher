// From which of these nodes does one step downstream lead out of an answer, at a moment?
// $keys      strings   ModelRef.key of the nodes to try
// $reached   strings   ModelRef.key of all that the answer holds, the start too
// $as_of     datetime  UTC; a claim counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// Returns    one row: keys, in the order given
// Plan       NodeUniqueIndexSeek on DataNode.key, then Expand
UNWIND range(0, size($keys) - 1) AS place
MATCH (node:DataNode {key: $keys[place]})-[first:FEEDS|FED]->(:Port)-[second:FEEDS|FED]->(next:DataNode)
USING INDEX SEEK node:DataNode(key)
WHERE first.valid_from    <= $as_of    AND $as_of    < first.valid_to
  AND first.recorded_from <= $known_at AND $known_at < first.recorded_to
  AND second.valid_from    <= $as_of    AND $as_of    < second.valid_to
  AND second.recorded_from <= $known_at AND $known_at < second.recorded_to
  AND NOT next.key IN $reached
WITH DISTINCT place
ORDER BY place
RETURN collect($keys[place]) AS keys
