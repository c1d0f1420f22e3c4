// Which platforms feed which others, and how often?
// Returns  one row a pair of platforms, most often first: from, to, edges, ports, example (two models and the port between them)
// Plan     NodeByLabelScan on Port, then Expand both ways
MATCH (writer:DataNode)-[:FEEDS]->(port:Port)-[:FEEDS]->(reader:DataNode)
WHERE writer.platform <> reader.platform
WITH DISTINCT writer, port, reader
ORDER BY writer.key, port.identifier, reader.key
WITH writer.platform AS from, reader.platform AS to, count(DISTINCT [writer.key, reader.key]) AS edges, count(DISTINCT port) AS ports,
     head(collect([writer.key, port.identifier, reader.key])) AS example
RETURN from, to, edges, ports, example
ORDER BY edges DESC, from, to
