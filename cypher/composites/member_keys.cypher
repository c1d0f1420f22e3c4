// Which models are or were in a group, as believed now?
// $key       string: ModelRef.key of the group
// $at        integer or null: only those that were in it at this time, microseconds; null: at any time
// $open_end  datetime: 9999-12-31
// Returns    one row: keys
// Plan       NodeUniqueIndexSeek, then Expand
MATCH (:ModelRef {key: $key})<-[member:MEMBER_OF|WAS_MEMBER_OF {recorded_to: $open_end}]-(node:ModelRef)
WHERE $at IS NULL OR member.valid_from.epochSeconds * 1000000 + member.valid_from.microsecond <= $at
                 AND $at < member.valid_to.epochSeconds * 1000000 + member.valid_to.microsecond
RETURN collect(DISTINCT node.key) AS keys
