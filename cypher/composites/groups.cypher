// In which groups is a model now, in which role, since when?
// $key     string: ModelRef.key of the member
// Returns  one row: members, one list of columns each, as for models/get, then role, since (microseconds) and 0; last_seen is not asked for
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand along MEMBER_OF
MATCH (:ModelRef {key: $key})-[member:MEMBER_OF]->(node:Composite)
RETURN collect([
  node.key, node.model_hash, node.name, node.created_at.epochSeconds * 1000000 + node.created_at.microsecond, null,
  node.owner, node.tier, node.status, node.purpose, node.model_type, node.model_origin, node.platform, node.metadata, node.present,
  member.role, member.valid_from.epochSeconds * 1000000 + member.valid_from.microsecond, 0
]) AS members
