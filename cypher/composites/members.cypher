// Which models are in these groups now, in which role, since when?
// $keys    list of strings: ModelRef.key of the groups
// Returns  one row: members, one list of columns each, as for models/get, then role, since (microseconds) and place of its group; last_seen is not asked for
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand along MEMBER_OF
UNWIND range(0, size($keys) - 1) AS place
MATCH (:ModelRef {key: $keys[place]})<-[member:MEMBER_OF]-(node:ModelRef)
RETURN collect([
  node.key, node.model_hash, node.name, node.created_at.epochSeconds * 1000000 + node.created_at.microsecond, null,
  node.owner, node.tier, node.status, node.purpose, node.model_type, node.model_origin, node.platform, node.metadata, node.present,
  member.role, member.valid_from.epochSeconds * 1000000 + member.valid_from.microsecond, place
]) AS members
