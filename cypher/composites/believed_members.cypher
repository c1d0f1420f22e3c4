// Which memberships in these groups are believed, open ones and ended ones?
// $keys      list of strings: ModelRef.key of models, groups or not
// $open_end  datetime: 9999-12-31
// Returns    one row: members, lists of [group, key of the member, its model_hash, role or '', valid_from, valid_to (microseconds), open
//            (whether it is a MEMBER_OF)]
// Plan       NodeUniqueIndexSeek on ModelRef.key, then Expand
UNWIND $keys AS key
MATCH (group:ModelRef {key: key})<-[member:MEMBER_OF|WAS_MEMBER_OF {recorded_to: $open_end}]-(node:ModelRef)
RETURN collect([
  key, node.key, node.model_hash, coalesce(member.role, ''), member.valid_from.epochSeconds * 1000000 + member.valid_from.microsecond,
  member.valid_to.epochSeconds * 1000000 + member.valid_to.microsecond, type(member) = 'MEMBER_OF'
]) AS members
