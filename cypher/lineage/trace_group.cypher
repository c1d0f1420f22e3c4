// What does one group stand on at a moment, and which of it feeds which? First of all on whoever is in it then, however deep.
// $key       string    ModelRef.key of the group, e.g. '/credit'
// $as_of     datetime  UTC; a claim or a membership counts when valid_from <= $as_of < valid_to
// $known_at  datetime  UTC; and when recorded_from <= $known_at < recorded_to
// Returns    one row: names in order of arrival, the group itself last; ports, one list a port: i of each node that reads it, -1 - i of each that
//            writes it, where i is a place in names; memberships, likewise one list for each in a group within: the member, then that group
// Plan       NodeUniqueIndexSeek, VarLengthExpand(Pruning,BFS,All) to the groups within, and one more through members and what feeds them
MATCH path = (group:ModelRef {key: $key})<-[memberships:MEMBER_OF|WAS_MEMBER_OF*0..]-(within:ModelRef)
USING INDEX SEEK group:ModelRef(key)
WHERE all(m IN memberships WHERE m.valid_from    <= $as_of    AND $as_of    < m.valid_to
                             AND m.recorded_from <= $known_at AND $known_at < m.recorded_to)
WITH collect(DISTINCT CASE WHEN within:Composite OR within.key = $key THEN within END) AS groups
CALL (groups) {
  MATCH path = (group:ModelRef {key: $key})<-[edges:FEEDS|FED|MEMBER_OF|WAS_MEMBER_OF*0..]-(node:ModelRef)
  USING INDEX SEEK group:ModelRef(key)
  WHERE all(e IN edges WHERE e.valid_from    <= $as_of    AND $as_of    < e.valid_to
                         AND e.recorded_from <= $known_at AND $known_at < e.recorded_to
                         AND (e:FEEDS OR e:FED OR endNode(e) IN groups))  // who is in a group that merely feeds it has nothing to do with it
  WITH DISTINCT node, node = group AS is_start
  ORDER BY is_start, node.arrival, node.key
  RETURN collect(node) AS nodes
}
CALL (nodes) {
  UNWIND range(0, size(nodes) - 1) AS place
  WITH place, nodes[place] AS node
  MATCH (node)-[claim:FEEDS|FED]-(port:Port)
  WHERE claim.valid_from    <= $as_of    AND $as_of    < claim.valid_to
    AND claim.recorded_from <= $known_at AND $known_at < claim.recorded_to
  WITH port, collect(CASE WHEN startNode(claim) = node THEN -1 - place ELSE place END) AS ends
  RETURN collect(ends) AS ports
}
CALL (nodes, groups) {
  UNWIND range(0, size(nodes) - 1) AS place
  WITH place, nodes[place] AS node
  MATCH (node)-[member:MEMBER_OF|WAS_MEMBER_OF]-(:ModelRef)
  WHERE endNode(member) IN groups AND endNode(member).key <> $key
    AND member.valid_from    <= $as_of    AND $as_of    < member.valid_to
    AND member.recorded_from <= $known_at AND $known_at < member.recorded_to
  WITH member, collect(CASE WHEN startNode(member) = node THEN -1 - place ELSE place END) AS ends
  RETURN collect(ends) AS memberships
}
RETURN [node IN nodes | node.name] AS names, ports, memberships
