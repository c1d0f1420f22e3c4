// What are concepts, as believed now?
// $prefix  string: Namespace.prefix, or null for every namespace
// $uris    list of strings: concept_uri, or null for all of them; with them the prefix is not looked at
// $kind    string: ENTITY, PROPERTY, ENUMERATION_SET or ENUM_VALUE, or null
// $status  string: ACTIVE or REMOVED, or null
// Returns  one row: concepts, one list each, by prefix and serial: prefix, serial, concept_uri, label, previous_labels, kind, concept_status,
//          concept_uri and label of its parent or null, instances, aspects (JSON or null), revision_uri, contract_uri, ModelRef.key of its
//          container, port, bindings (lists of [serial, uri, instance_label or null, runtime_path, status, Contract.uri])
// Plan     NodeIndexSeek on Concept.prefix or NodeUniqueIndexSeek on Concept.concept_uri, then Expand; NodeByLabelScan where all are asked for
CALL () {
  WITH 1 AS all WHERE $prefix IS NULL AND $uris IS NULL
  MATCH (concept:Concept)
  RETURN concept
  UNION
  MATCH (concept:Concept {prefix: $prefix})
  WHERE $uris IS NULL
  RETURN concept
  UNION
  UNWIND $uris AS uri
  MATCH (concept:Concept {concept_uri: uri})
  RETURN concept
}
WITH concept
WHERE ($kind IS NULL OR concept.kind = $kind) AND ($status IS NULL OR concept.concept_status = $status)
WITH concept ORDER BY concept.prefix, concept.serial
OPTIONAL MATCH (concept)-[:CHILD_OF]->(parent:Concept)
RETURN collect([
  concept.prefix, concept.serial, concept.concept_uri, concept.label, concept.previous_labels, concept.kind, concept.concept_status,
  parent.concept_uri, parent.label, concept.instances, concept.aspects, concept.revision_uri, concept.contract_uri,
  coalesce(concept.key, parent.key), concept.port,
  [(concept)-[:HAS_CONTRACT]->(contract)-[:HAS_BINDING]->(binding) WHERE binding.status = 'ACTIVE' |
    [binding.serial, binding.uri, binding.instance_label, binding.runtime_path, binding.status, contract.uri]]
]) AS concepts
