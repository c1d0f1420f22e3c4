// Which tags are there, and which event does each point at? Nodes and relationships, for drawing.
// Returns  one row a tag, by model and name: model, has_tag, tag, points_at, event
// Plan     DirectedRelationshipTypeScan on POINTS_AT or HAS_TAG, then Expand
MATCH (model:ModelRef)-[has_tag:HAS_TAG]->(tag:Tag)-[points_at:POINTS_AT]->(event:Snapshot)
RETURN model, has_tag, tag, points_at, event
ORDER BY model.key, tag.name
LIMIT 1000
