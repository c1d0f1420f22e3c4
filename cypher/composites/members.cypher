// Which models are in these groups now, in which role, since when?
// $keys    list of strings: ModelRef.key of the groups
// Returns  one row: members, one list of columns each, as for models/get, then role, since (microseconds) and place of its group; last_seen is not asked for
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand along MEMBER_OF
UNWIND range(0, size($keys) - 1) AS place
MATCH (:ModelRef {key: $keys[place]})<-[member:MEMBER_OF]-(node:ModelRef)
  // A map of all properties reads the node once; each by itself would read it from its beginning.
WITH place, member, node {
  .key, .model_hash, .name, .created_at,
  .owner, .tier, .status, .purpose, .model_type, .model_origin, .platform, .metadata, .present
} AS model
RETURN collect([
  model.key, model.model_hash, model.name, model.created_at.epochSeconds * 1000000 + model.created_at.microsecond, null,
  model.owner, model.tier, model.status, model.purpose, model.model_type, model.model_origin, model.platform, model.metadata, model.present,
  member.role, member.valid_from.epochSeconds * 1000000 + member.valid_from.microsecond, place
]) AS members
