// Set what concepts are believed to be now; a property that is null goes.
// $rows    list of maps: uri (concept_uri), concept (map of the properties that differ)
// Returns  one row: concepts
// Plan     NodeUniqueIndexSeek on Concept.concept_uri
UNWIND $rows AS row
MATCH (concept:Concept {concept_uri: row.uri})
SET concept += row.concept
RETURN count(concept) AS concepts
