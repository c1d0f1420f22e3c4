// Was a model believed to be there at a moment?
// $key       string    ModelRef.key
// $as_of     datetime  UTC; a state counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// Returns    one row: name, or null where it was not
// Plan       NodeUniqueIndexSeek
OPTIONAL MATCH (node:ModelRef {key: $key})
WITH node.name AS name, coalesce(node.state_from <= $as_of AND node.state_recorded_from <= $known_at, false) OR EXISTS {
  MATCH (node)-[:WAS]->(was:State)
  WHERE was.valid_from    <= $as_of    AND $as_of    < was.valid_to
    AND was.recorded_from <= $known_at AND $known_at < was.recorded_to
} AS believed
RETURN CASE WHEN believed THEN name END AS name
