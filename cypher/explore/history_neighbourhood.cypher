// What was one model before, what happened to it, which groups was it in, which tags has it? Nodes and relationships, for drawing.
// $key     string: ModelRef.key; in Browser first  :param key => 'ml/credit_risk'
// Returns  one row a way: model, way (a path: to a former state, an event, a group, a source, or over a tag to its event)
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand
MATCH (model:ModelRef {key: $key})
MATCH way = (model)-[:WAS|HAS_SNAPSHOT|MARKED_BY|MEMBER_OF|WAS_MEMBER_OF|SEEN_BY|HAS_TAG]->()-[:POINTS_AT*0..1]->()
RETURN model, way
LIMIT 300
