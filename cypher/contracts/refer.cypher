// Say which concepts the aspects of a concept name; what they named before is forgotten here, and stands in its revisions.
// $rows    list of maps: uri (concept_uri), refers (list of [aspect, concept_uri])
// Returns  one row: references
// Plan     NodeUniqueIndexSeek on Concept.concept_uri, twice
UNWIND $rows AS row
MATCH (concept:Concept {concept_uri: row.uri})
CALL (concept) {
  MATCH (concept)-[old:REFERS_TO]->()
  DELETE old
}
WITH concept, row
UNWIND row.refers AS reference
MATCH (named:Concept {concept_uri: reference[1]})
CREATE (concept)-[:REFERS_TO {aspect: reference[0]}]->(named)
RETURN count(*) AS references
