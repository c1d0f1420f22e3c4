// Which concepts can be meant by a reference?
// $ref     string: as a person wrote it: a URI of a concept, revision, contract or binding, or a runtime path
// $prefix  string: Namespace.prefix, or null where the reference has none
// $label   string: what stands behind the prefix, or the whole reference
// $port    string: the reference as a port is named, or null
// Returns  one row: found, one list each: concept_uri, label, concept_status, serial, prefix, previous_labels, whether its URI or one of its
//          addresses was meant (0: no, 1: an address, 2: a URI)
// Plan     NodeUniqueIndexSeek on the URIs, NodeIndexSeek on Concept.prefix, Concept.port, Binding.runtime_path and ModelRef.name
CALL () {
  MATCH (concept:Concept {concept_uri: $ref})
  RETURN concept, 2 AS how
  UNION
  MATCH (revision:Revision {revision_uri: $ref})
  MATCH (concept:Concept {concept_uri: revision.concept_uri})
  RETURN concept, 2 AS how
  UNION
  MATCH (:Contract {uri: $ref})<-[:HAS_CONTRACT]-(concept:Concept)
  RETURN concept, 2 AS how
  UNION
  MATCH (:Binding {uri: $ref})<-[:HAS_BINDING]-(:Contract)<-[:HAS_CONTRACT]-(concept:Concept)
  RETURN concept, 2 AS how
  UNION
  MATCH (concept:Concept {prefix: $prefix})
  WHERE concept.label = $label OR $label IN concept.previous_labels
  RETURN concept, 0 AS how
  UNION
  MATCH (concept:Concept {port: $port})
  RETURN concept, 0 AS how
  UNION
  MATCH (:Binding {runtime_path: $label})<-[:HAS_BINDING]-(:Contract)<-[:HAS_CONTRACT]-(concept:Concept)
  WHERE $prefix IS NULL OR concept.prefix = $prefix
  RETURN concept, 1 AS how
  UNION
  MATCH (concept:ModelRef {name: $label})
  WHERE concept:Concept AND $prefix IS NULL
  RETURN concept, 0 AS how
}
WITH concept, max(how) AS how
RETURN collect([
  concept.concept_uri, concept.label, concept.concept_status, concept.serial, concept.prefix, concept.previous_labels, how
]) AS found
