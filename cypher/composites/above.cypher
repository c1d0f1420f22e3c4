// Which memberships lead from a group to the groups that it is in, however far up, at any time?
// $key       string: ModelRef.key of the group
// $open_end  datetime: 9999-12-31
// Returns    one row: edges, lists of [member, group, valid_from, valid_to], times in microseconds
// Plan       NodeUniqueIndexSeek, then VarLengthExpand(Pruning,BFS), then Expand
MATCH (start:ModelRef {key: $key})-[:MEMBER_OF|WAS_MEMBER_OF*0..]->(node:ModelRef)
WITH DISTINCT node
MATCH (node)-[member:MEMBER_OF|WAS_MEMBER_OF {recorded_to: $open_end}]->(group:Composite)
RETURN collect([
  node.key, group.key, member.valid_from.epochSeconds * 1000000 + member.valid_from.microsecond,
  member.valid_to.epochSeconds * 1000000 + member.valid_to.microsecond
]) AS edges
