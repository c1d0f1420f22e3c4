// What were concepts at a moment? (Now: `contracts/concepts`.)
// $prefix    string: Namespace.prefix, or null for every namespace
// $uris      list of strings: concept_uri, or null for all of them
// $as_of     datetime, UTC: the newest revision of timestamp <= $as_of counts; a binding counts when valid_from <= $as_of < valid_to
// $known_at  datetime, UTC: and recorded_at <= $known_at; what ended counts as ended once that was known
// Returns    one row: concepts, one list each, by prefix and serial: prefix, serial, payload of the revision (JSON), ModelRef.key of its
//            container, bindings (lists of [serial, uri, instance_label or null, Contract.uri])
// Plan       NodeIndexSeek on Concept.prefix or NodeUniqueIndexSeek on Concept.concept_uri, then NodeIndexSeek on Revision.concept_uri
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
CALL (concept) {
  MATCH (revision:Revision {concept_uri: concept.concept_uri})
  WHERE revision.timestamp <= $as_of AND revision.recorded_at <= $known_at
  RETURN revision ORDER BY revision.timestamp DESC, revision.sequence DESC LIMIT 1
}
WITH concept, revision ORDER BY concept.prefix, concept.serial
OPTIONAL MATCH (concept)-[:CHILD_OF]->(parent:Concept)
RETURN collect([
  concept.prefix, concept.serial, revision.payload, coalesce(concept.key, parent.key),
  [(concept)-[:HAS_CONTRACT]->(contract)-[:HAS_BINDING]->(binding)
   WHERE binding.valid_from <= $as_of AND binding.recorded_from <= $known_at
     AND ($as_of < binding.valid_to OR $known_at < binding.end_recorded) |
    [binding.serial, binding.uri, binding.instance_label, contract.uri]]
]) AS concepts
