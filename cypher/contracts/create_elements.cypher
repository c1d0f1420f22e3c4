// Create what containers hold: properties and values.
// $rows    list of maps: parent (concept_uri), concept (map of the properties of a Concept)
// Returns  one row: concepts
// Plan     NodeUniqueIndexSeek on Concept.concept_uri
UNWIND $rows AS row
MATCH (parent:Concept {concept_uri: row.parent})
CREATE (concept:Concept)-[:CHILD_OF]->(parent)
SET concept = row.concept
RETURN count(concept) AS concepts
