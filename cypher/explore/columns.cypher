// How do the columns of what one model writes come about, as believed now, and which of them do its readers name?
// $key     string: ModelRef.key; in Browser first  :param key => 'database/customer_features'
// Returns  one row a port: port, written (lines of the model), read (lines of its readers, each behind its key)
// Plan     NodeUniqueIndexSeek on ModelRef.key, then Expand
MATCH (model:ModelRef {key: $key})-[:FEEDS]->(port:Port)
WITH DISTINCT model, port
RETURN port.identifier AS port,
       COLLECT { MATCH (model)-[derives:DERIVES]->(port) UNWIND derives.flows AS line RETURN DISTINCT line ORDER BY line } AS written,
       COLLECT {
         MATCH (port)-[:FEEDS]->(reader:DataNode)-[derives:DERIVES]->(:Port)
         UNWIND derives.flows AS line
         WITH reader, line WHERE line STARTS WITH port.identifier + ' '
         RETURN DISTINCT reader.key + ': ' + line AS line ORDER BY line
       } AS read
ORDER BY port
