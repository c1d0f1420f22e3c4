// On which models does a version depend by declaration, as what it was trained on?
// $key     string: ModelRef.key of the version
// Returns  one row: models (keys, sorted)
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand along FEEDS
MATCH (version:ModelRef {key: $key})
RETURN COLLECT {
  MATCH (version)<-[:FEEDS {relationship: 'trained_on'}]-(port:Port {kind: 'declared'})<-[:FEEDS]-(model:DataNode)
  RETURN DISTINCT model.key AS model ORDER BY model
} AS models
