// Lock models, and the groups that they are or were in, and read what a writer has to know; whoever writes events of a model holds this lock.
// $keys      list of strings: ModelRef.key
// $token     string: anything; writing it takes the lock
// $source    string: Source.key whose last word is wanted, '' for none
// $open_end  datetime: 9999-12-31
// Returns    one row: now (microseconds since 1970, read under the locks) and models, one list a model in order of model_hash; last in each
//            list its memberships that are believed, read under its lock: [key of the group, valid_from, valid_to] in microseconds
// Plan       NodeUniqueIndexSeek on ModelRef.key, then Expand along MEMBER_OF and WAS_MEMBER_OF
UNWIND $keys AS key
MATCH (node:ModelRef {key: key})
WITH node, [(node)-[:MEMBER_OF|WAS_MEMBER_OF]->(group:Composite) | group] AS groups
UNWIND [node] + groups AS locked
WITH DISTINCT locked AS node ORDER BY node.model_hash
SET node.lock = $token
WITH collect([
  node.key, node.model_hash, node.name,
  [node.owner, node.tier, node.status, node.purpose, node.model_type, node.model_origin, node.platform, node.metadata, toString(node.present)],
  node.believed, node.last_sequence, node.head_hash,
  node.last_timestamp.epochSeconds * 1000000 + node.last_timestamp.microsecond,
  node.last_recorded.epochSeconds * 1000000 + node.last_recorded.microsecond,
  node.created_at.epochSeconds * 1000000 + node.created_at.microsecond,
  node.state_from.epochSeconds * 1000000 + node.state_from.microsecond,
  node.state_recorded_from.epochSeconds * 1000000 + node.state_recorded_from.microsecond,
  head([(node)-[seen:SEEN_BY]->(source) WHERE source.key = $source | [  // no label: a seek of '' would lock it for everybody
    seen.content_hash, seen.content_sequence, seen.opinion, seen.gone,
    seen.last_seen.epochSeconds * 1000000 + seen.last_seen.microsecond,
    seen.last_known.epochSeconds * 1000000 + seen.last_known.microsecond,
    seen.content_from.epochSeconds * 1000000 + seen.content_from.microsecond
  ]]),
  [(node)-[member:MEMBER_OF|WAS_MEMBER_OF {recorded_to: $open_end}]->(group:Composite) | [
    group.key, member.valid_from.epochSeconds * 1000000 + member.valid_from.microsecond,
    member.valid_to.epochSeconds * 1000000 + member.valid_to.microsecond
  ]]
]) AS models
WITH models, datetime.realtime() AS time
RETURN models, time.epochSeconds * 1000000 + time.microsecond AS now
