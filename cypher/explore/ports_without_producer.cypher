// What is read that nobody is known to write? Each is a source outside the estate, or a name spelt in two ways.
// Returns  one row a port, most readers first: port, schema, readers, keys
// Plan     NodeByLabelScan on Port, then Expand, stopped at the first producer
MATCH (port:Port {kind: 'data'})
WHERE NOT EXISTS { (:DataNode)-[:FEEDS]->(port) }
MATCH (port)-[:FEEDS {via: ''}]->(reader:DataNode)
WITH port, reader ORDER BY reader.key
RETURN port.identifier AS port, port.schema AS schema, count(DISTINCT reader) AS readers, collect(DISTINCT reader.key) AS keys
ORDER BY readers DESC, port
