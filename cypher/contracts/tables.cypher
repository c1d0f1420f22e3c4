// The four tables of a namespace, each row as its file has it.
// $prefix  string: Namespace.prefix
// Returns  one row: concepts (serial, concept_uri, label, previous_labels, kind, concept_status, concept_uri of the parent, instances), revisions
//          (revision_uri, concept_uri, previous_revision_uri), contracts (serial, concept_uri, uri, revision_uri, status), bindings (serial,
//          Contract.uri, uri, instance_label, status); each a list of lists, in the order of their serials but for revisions
// Plan     NodeIndexSeek on Concept.prefix, then Expand; NodeIndexSeek on Revision.concept_uri
MATCH (concept:Concept {prefix: $prefix})
WITH concept ORDER BY concept.serial
OPTIONAL MATCH (concept)-[:CHILD_OF]->(parent:Concept)
WITH collect(concept) AS all, collect([
  concept.serial, concept.concept_uri, concept.label, concept.previous_labels, concept.kind, concept.concept_status, parent.concept_uri,
  concept.instances
]) AS concepts
CALL (all) {
  UNWIND all AS concept
  MATCH (revision:Revision {concept_uri: concept.concept_uri})
  RETURN collect([revision.revision_uri, revision.concept_uri, revision.payload]) AS revisions
}
CALL (all) {
  UNWIND all AS concept
  MATCH (concept)-[:HAS_CONTRACT]->(contract:Contract)-[:TRIGGERED_BY]->(revision:Revision)
  WITH contract, revision ORDER BY contract.serial
  RETURN collect([contract.serial, contract.concept_uri, contract.uri, revision.revision_uri, contract.status]) AS contracts
}
CALL (all) {
  UNWIND all AS concept
  MATCH (concept)-[:HAS_CONTRACT]->(:Contract)-[:HAS_BINDING]->(binding:Binding)
  WITH binding ORDER BY binding.serial
  RETURN collect([binding.serial, binding.contract_uri, binding.uri, binding.instance_label, binding.status]) AS bindings
}
RETURN concepts, revisions, contracts, bindings
