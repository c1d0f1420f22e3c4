// Where does a tag point now?
// $tag     string: Tag.key
// Returns  one row: snapshot_hash and at (microseconds: since when), null where there is no such tag
// Plan     NodeUniqueIndexSeek on Tag.key
OPTIONAL MATCH (tag:Tag {key: $tag})
OPTIONAL MATCH (tag)-[:POINTS_AT]->(snapshot:Snapshot)
RETURN snapshot.snapshot_hash AS snapshot_hash, tag.updated_at.epochSeconds * 1000000 + tag.updated_at.microsecond AS at
