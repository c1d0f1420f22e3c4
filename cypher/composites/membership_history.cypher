// Who has been in a group, from when to when, in which role?
// $key       string: ModelRef.key of the group
// $as_of     datetime, UTC: memberships that had begun by then
// $known_at  datetime, UTC: as was believed then: recorded_from <= $known_at < recorded_to
// Returns    one row: stays, lists of [key, role, since, until], until null where it went on at $as_of; now; times in microseconds
// Plan       NodeUniqueIndexSeek on ModelRef.key, then Expand along MEMBER_OF and WAS_MEMBER_OF
WITH datetime.realtime() AS now
RETURN now.epochSeconds * 1000000 + now.microsecond AS now, COLLECT {
  MATCH (:ModelRef {key: $key})<-[member:MEMBER_OF|WAS_MEMBER_OF]-(node:ModelRef)
  WHERE member.valid_from    <= $as_of
    AND member.recorded_from <= $known_at AND $known_at < member.recorded_to
  RETURN [
    node.key, member.role, member.valid_from.epochSeconds * 1000000 + member.valid_from.microsecond,
    CASE WHEN member.valid_to <= $as_of THEN member.valid_to.epochSeconds * 1000000 + member.valid_to.microsecond END
  ]
} AS stays
