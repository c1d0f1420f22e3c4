// Write memberships that are believed from now on and have ended.
// $composite  string: ModelRef.key of the group, locked
// $rows       list of maps: member (ModelRef.key, locked), role (or null), start, end ([seconds, nanoseconds])
// $now        datetime, UTC: from when on they are believed
// $open_end   datetime: 9999-12-31
// Returns     one row: members
// Plan        NodeUniqueIndexSeek on ModelRef.key
MATCH (group:Composite&ModelRef {key: $composite})
UNWIND $rows AS row
MATCH (node:ModelRef {key: row.member})
CREATE (node)-[:WAS_MEMBER_OF {
  role: row.role, valid_from: datetime({epochSeconds: row.start[0], nanosecond: row.start[1]}),
  valid_to: datetime({epochSeconds: row.end[0], nanosecond: row.end[1]}), recorded_from: $now, recorded_to: $open_end
}]->(group)
RETURN count(*) AS members
