// Cease to believe memberships that were thought to have ended.
// $composite  string: ModelRef.key of the group, locked
// $rows       list of maps: member (ModelRef.key, locked), start ([seconds, nanoseconds])
// $now        datetime, UTC: from when on they are not believed
// $open_end   datetime: 9999-12-31
// Returns     one row: members
// Plan        NodeUniqueIndexSeek on ModelRef.key, then Expand along WAS_MEMBER_OF
UNWIND $rows AS row
MATCH (node:ModelRef {key: row.member})-[was:WAS_MEMBER_OF {recorded_to: $open_end}]->(group:Composite)
WHERE group.key = $composite AND was.valid_from = datetime({epochSeconds: row.start[0], nanosecond: row.start[1]})
SET was.recorded_to = $now
RETURN count(*) AS members
