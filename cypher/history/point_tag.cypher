// Let a tag point at an event of its model, whether or not it pointed elsewhere.
// $key            string: ModelRef.key, locked
// $tag            string: Tag.key
// $name           string: Tag.name
// $snapshot_hash  string: the event
// $at             datetime, UTC: since when
// Returns         one row: tags
// Plan            NodeUniqueIndexSeek on ModelRef.key, Tag.key and Snapshot.snapshot_hash
MATCH (node:ModelRef {key: $key})
MATCH (snapshot:Snapshot {snapshot_hash: $snapshot_hash})
MERGE (tag:Tag {key: $tag})
SET tag.name = $name, tag.updated_at = $at
MERGE (node)-[:HAS_TAG]->(tag)
WITH tag, snapshot, [(tag)-[points:POINTS_AT]->() | points] AS former
FOREACH (points IN former | DELETE points)
CREATE (tag)-[:POINTS_AT]->(snapshot)
RETURN count(tag) AS tags
