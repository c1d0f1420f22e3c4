// Let a version be trained on the contracts that were ACTIVE then, of the elements that it reads, and on those that were named themselves.
// $key     string: ModelRef.key of the version, locked
// $ports   list of strings: identifiers of what it reads
// $uris    list of strings: Contract.uri
// $at      datetime, UTC: when it was trained; a contract counts when valid_from <= $at < valid_to
// Returns  one row: contracts
// Plan     NodeUniqueIndexSeek on ModelRef.key and Contract.uri, NodeIndexSeek on Concept.port
MATCH (version:ModelRef {key: $key})
CALL () {
  UNWIND $uris AS uri
  MATCH (contract:Contract {uri: uri})<-[:HAS_CONTRACT]-(concept:Concept)
  RETURN contract, coalesce(concept.port, '') AS port
  UNION
  UNWIND $ports AS port
  MATCH (concept:Concept {port: port})-[:HAS_CONTRACT]->(contract:Contract)
  WHERE contract.valid_from <= $at AND $at < contract.valid_to
    AND NOT EXISTS { (concept)-[:HAS_CONTRACT]->(named:Contract) WHERE named.uri IN $uris }
  RETURN contract, port
}
MERGE (version)-[trained:TRAINED_ON]->(contract)
  ON CREATE SET trained.port = port
RETURN count(trained) AS contracts
