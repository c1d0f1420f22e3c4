// Note to which contract a model was built; it stays when that contract is superseded, until the model says otherwise.
// $key       string: ModelRef.key, locked
// $contract  string: Contract.uri
// $concept   string: concept_uri of the element
// $actor     string: who says so
// $role      string: consumer or producer
// $at        datetime, UTC: since when
// $now       datetime, UTC: since when the ledger knows
// Returns    one row: pins
// Plan       NodeUniqueIndexSeek on ModelRef.key and Contract.uri, then Expand
MATCH (node:ModelRef {key: $key})
MATCH (contract:Contract {uri: $contract})
CALL (node) {
  MATCH (node)-[old:PINNED_TO {concept_uri: $concept, role: $role}]->()
  DELETE old
}
CREATE (node)-[pin:PINNED_TO {concept_uri: $concept, role: $role, actor: $actor, valid_from: $at, recorded_from: $now}]->(contract)
RETURN count(pin) AS pins
