// Is this a contract of that concept?
// $uri      string: Contract.uri
// $concept  string: concept_uri
// Returns   one row: there
// Plan      NodeUniqueIndexSeek on Contract.uri
OPTIONAL MATCH (contract:Contract {uri: $uri})
RETURN coalesce(contract.concept_uri = $concept, false) AS there
