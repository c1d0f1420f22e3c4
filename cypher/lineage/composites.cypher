// Which groups were these models in at a moment?
// $keys      strings   ModelRef.key
// $as_of     datetime  UTC; a membership counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// Returns    one row: keys of the groups, in no order
// Plan       RelationshipCountFromCountStore; where there are fewer memberships than models NodeByLabelScan of the groups and Expand, else
//            NodeUniqueIndexSeek for each model and Expand
MATCH ()-[every:MEMBER_OF|WAS_MEMBER_OF]->()
WITH count(every) AS memberships
CALL (memberships) {
  WITH memberships WHERE memberships < size($keys)
  MATCH (group:Composite)<-[held:MEMBER_OF|WAS_MEMBER_OF]-(member:ModelRef)
  WHERE held.valid_from    <= $as_of    AND $as_of    < held.valid_to
    AND held.recorded_from <= $known_at AND $known_at < held.recorded_to
  WITH group.key AS key, collect(member.key) AS members
  WHERE any(member IN members WHERE member IN $keys)
  RETURN key
  UNION
  WITH memberships WHERE memberships >= size($keys)
  UNWIND $keys AS member
  MATCH (:ModelRef {key: member})-[held:MEMBER_OF|WAS_MEMBER_OF]->(group:Composite)
  WHERE held.valid_from    <= $as_of    AND $as_of    < held.valid_to
    AND held.recorded_from <= $known_at AND $known_at < held.recorded_to
  RETURN group.key AS key
}
RETURN collect(key) AS keys
