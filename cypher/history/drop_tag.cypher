// Delete a tag; the events that tell of it stay.
// $tag     string: Tag.key; its model is locked
// Returns  one row: tags
// Plan     NodeUniqueIndexSeek on Tag.key
MATCH (tag:Tag {key: $tag})
DETACH DELETE tag
RETURN count(*) AS tags
