// Which events of a model would an examiner look for first: validations, findings, tags, memberships? Nodes and relationships, for drawing.
// $key     string: ModelRef.key; in Browser first  :param key => 'ml/fraud_scoring'
// Returns  one row an event: model, marked_by, event
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand along MARKED_BY
MATCH (model:ModelRef {key: $key})-[marked_by:MARKED_BY]->(event:Snapshot)
RETURN model, marked_by, event
ORDER BY event.timestamp DESC
LIMIT 100
