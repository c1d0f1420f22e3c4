// Write what a source last said of models; a model that it sees is a DataNode.
// $rows     list of maps: key, content_hash, content_sequence, opinion (JSON), gone, last_seen, last_known, content_from, first_seen ([seconds, nanoseconds];
//           null where it was missed)
// $source   string: Source.key
// Returns   one row: seen
// Plan      NodeUniqueIndexSeek on Source.key and ModelRef.key
MATCH (source:Source {key: $source})
UNWIND $rows AS row
MATCH (node:ModelRef {key: row.key})
SET node:DataNode
MERGE (node)-[seen:SEEN_BY]->(source)
SET seen.first_seen = CASE
  WHEN row.first_seen IS NULL THEN seen.first_seen  // it was missed, not seen
  WHEN seen.first_seen <= datetime({epochSeconds: row.first_seen[0], nanosecond: row.first_seen[1]}) THEN seen.first_seen
  ELSE datetime({epochSeconds: row.first_seen[0], nanosecond: row.first_seen[1]}) END
SET seen.content_hash = row.content_hash, seen.content_sequence = row.content_sequence, seen.opinion = row.opinion, seen.gone = row.gone,
    seen.last_seen = datetime({epochSeconds: row.last_seen[0], nanosecond: row.last_seen[1]}),
    seen.content_from = datetime({epochSeconds: row.content_from[0], nanosecond: row.content_from[1]}),
    seen.last_known = datetime({epochSeconds: row.last_known[0], nanosecond: row.last_known[1]}),
    node.discovered_at = coalesce(node.discovered_at, seen.first_seen)
RETURN count(seen) AS seen
