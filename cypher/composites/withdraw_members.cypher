// Cease to believe memberships that were thought to go on.
// $composite  string: ModelRef.key of the group, locked
// $rows       list of maps: member (ModelRef.key, locked), start ([seconds, nanoseconds])
// $now        datetime, UTC: from when on they are not believed
// Returns     one row: members
// Plan        NodeUniqueIndexSeek on ModelRef.key, then Expand along MEMBER_OF
UNWIND $rows AS row
MATCH (node:ModelRef {key: row.member})-[member:MEMBER_OF]->(group:Composite)
WHERE group.key = $composite AND member.valid_from = datetime({epochSeconds: row.start[0], nanosecond: row.start[1]})
CREATE (node)-[was:WAS_MEMBER_OF]->(group)
SET was = properties(member), was.recorded_to = $now
DELETE member
RETURN count(*) AS members
