// Which memberships stand in these groups: all that look as if they went on, and those that ended as is believed?
// $keys      list of strings: ModelRef.key of models, groups or not
// $open_end  datetime: 9999-12-31
// Returns    one row: members, lists of [group, key of the member, its model_hash, role or '', valid_from, valid_to (microseconds), open
//            (whether it is a MEMBER_OF), sound (whether its clocks are those of its type)]; -1 for a time that is not there
// Plan       NodeUniqueIndexSeek on ModelRef.key, then Expand
UNWIND $keys AS key
MATCH (group:ModelRef {key: key})<-[member:MEMBER_OF|WAS_MEMBER_OF]-(node:ModelRef)
WHERE member:MEMBER_OF OR member.recorded_to = $open_end OR member.recorded_to IS NULL
RETURN collect([
  key, node.key, node.model_hash, coalesce(member.role, ''),
  coalesce(member.valid_from.epochSeconds * 1000000 + member.valid_from.microsecond, -1),
  coalesce(member.valid_to.epochSeconds * 1000000 + member.valid_to.microsecond, -1), type(member) = 'MEMBER_OF',
  coalesce(member.recorded_to = $open_end AND member.recorded_from IS NOT NULL AND (member:MEMBER_OF) = (member.valid_to = $open_end), false)
]) AS members
