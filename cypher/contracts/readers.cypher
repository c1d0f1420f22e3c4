// Which nodes read these ports at a moment, and which ones did a person declare to depend on these containers?
// $ports       strings   Port.key
// $containers  strings   ModelRef.key
// $as_of       datetime  UTC; a claim counts when valid_from <= $as_of < valid_to
// $known_at    datetime  UTC; and when recorded_from <= $known_at < recorded_to
// Returns      one row: readers, a list of [Port.key, ModelRef.key]; declared, a list of [ModelRef.key of the container, ModelRef.key];
//              each pair once, in no order
// Plan         NodeUniqueIndexSeek on Port.key and on DataNode.key, each then Expand
CALL () {
  UNWIND $ports AS key
  MATCH (port:Port {key: key})-[claim:FEEDS|FED]->(reader:DataNode)
  USING INDEX SEEK port:Port(key)
  WHERE claim.valid_from    <= $as_of    AND $as_of    < claim.valid_to
    AND claim.recorded_from <= $known_at AND $known_at < claim.recorded_to
  RETURN collect(DISTINCT [key, reader.key]) AS readers
}
CALL (readers) {
  UNWIND $containers AS key
  MATCH (container:DataNode {key: key})-[first:FEEDS|FED]->(port:Port)-[second:FEEDS|FED]->(reader:DataNode)
  USING INDEX SEEK container:DataNode(key)
  WHERE port.kind = 'declared'
    AND first.valid_from    <= $as_of    AND $as_of    < first.valid_to
    AND first.recorded_from <= $known_at AND $known_at < first.recorded_to
    AND second.valid_from    <= $as_of    AND $as_of    < second.valid_to
    AND second.recorded_from <= $known_at AND $known_at < second.recorded_to
  RETURN collect(DISTINCT [key, reader.key]) AS declared
}
RETURN readers, declared
