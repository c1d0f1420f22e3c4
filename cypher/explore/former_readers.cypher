// Who once read what one model writes, and no longer does?
// $key     string: ModelRef.key; in Browser first  :param key => 'database/customer_features'
// Returns  one row a reader, port and source, newest end first: reader, port, source, since, until
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand
MATCH (model:ModelRef {key: $key})-[:FEEDS|FED]->(port:Port)-[was:FED]->(reader:DataNode)
WHERE was.recorded_to = datetime('9999-12-31T00:00:00Z')
  AND reader <> model
  AND NOT EXISTS { (port)-[:FEEDS]->(reader) }
RETURN DISTINCT reader.key AS reader, port.identifier AS port, was.source AS source, was.valid_from AS since, was.valid_to AS until
ORDER BY until DESC, reader, port
