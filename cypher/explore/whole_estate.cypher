// What is there, and what feeds what today? Nodes and relationships, for drawing; raise the limit for more.
// Returns  one row a relationship: from, feeds, to
// Plan     NodeByLabelScan, then Expand
MATCH (from:DataNode|Port)-[feeds:FEEDS]->(to:DataNode|Port)
RETURN from, feeds, to
LIMIT 1000
