// Write new contracts of concepts, each for the revision that made it necessary.
// $rows      list of maps: uri, serial, concept (concept_uri), revision (revision_uri), status, aspects (JSON or null), ended (whether it has
//            ended in the same report), old (uri of the contract it supersedes, or null)
// $at        datetime, UTC: since when they hold
// $now       datetime, UTC: since when the ledger knows
// $open_end  datetime: 9999-12-31
// Returns    one row: contracts
// Plan       NodeUniqueIndexSeek on Concept.concept_uri, Revision.revision_uri and Contract.uri
UNWIND $rows AS row
MATCH (concept:Concept {concept_uri: row.concept})
MATCH (revision:Revision {revision_uri: row.revision})
CREATE (concept)-[:HAS_CONTRACT]->(contract:Contract {
  uri: row.uri, serial: row.serial, concept_uri: row.concept, status: row.status, aspects: row.aspects, valid_from: $at, recorded_from: $now,
  valid_to: CASE WHEN row.ended THEN $at ELSE $open_end END, end_recorded: CASE WHEN row.ended THEN $now ELSE $open_end END
})-[:TRIGGERED_BY]->(revision)
WITH contract, row
OPTIONAL MATCH (old:Contract {uri: row.old})
FOREACH (each IN CASE WHEN old IS NULL THEN [] ELSE [old] END | CREATE (contract)-[:SUPERSEDES]->(each))
RETURN count(contract) AS contracts
