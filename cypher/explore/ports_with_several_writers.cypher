// Which ports do several models write? Whoever reads one reads all of them.
// Returns  one row a port, most writers first: port, schema, writers (keys), readers (how many)
// Plan     NodeByLabelScan on Port, then Expand
MATCH (port:Port {kind: 'data'})
WITH port, COLLECT { MATCH (writer:DataNode)-[:FEEDS {via: ''}]->(port) RETURN DISTINCT writer.key ORDER BY writer.key } AS writers
WHERE size(writers) > 1
RETURN port.identifier AS port, port.schema AS schema, writers, COUNT { MATCH (port)-[:FEEDS]->(reader:DataNode) RETURN DISTINCT reader } AS readers
ORDER BY size(writers) DESC, port
