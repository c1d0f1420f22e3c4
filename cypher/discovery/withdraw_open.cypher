// Cease to believe claims that had not ended: each FEEDS makes way for a FED that says what was believed until now.
// $edges    list of strings, sorted: edge_key
// $now      datetime, UTC: from when on they are not believed
// Returns   one row: claims
// Plan      DirectedRelationshipUniqueIndexSeek on FEEDS.edge_key
UNWIND $edges AS edge
MATCH (from)-[feeds:FEEDS {edge_key: edge}]->(to)
CREATE (from)-[was:FED]->(to)
SET was = properties(feeds), was.recorded_to = $now
DELETE feeds
RETURN count(*) AS claims
