// What of a namespace is living: its concepts, each with its newest revision, its contract and its bindings?
// $prefix  string: Namespace.prefix
// Returns  one row: concepts, one list each, in no order: concept_uri, label, previous_labels, kind, concept_uri of its parent or null, instances,
//          aspects (JSON or null), revision_uri, contract_uri, ModelRef.key or null, bindings (lists of [serial, uri, instance_label or null])
// Plan     NodeIndexSeek on Concept.prefix, then Expand along CHILD_OF, HAS_CONTRACT and HAS_BINDING
MATCH (concept:Concept {prefix: $prefix})
WHERE concept.concept_status = 'ACTIVE'
RETURN collect([
  concept.concept_uri, concept.label, concept.previous_labels, concept.kind,
  head([(concept)-[:CHILD_OF]->(parent) | parent.concept_uri]), concept.instances, concept.aspects, concept.revision_uri, concept.contract_uri,
  concept.key,
  [(concept)-[:HAS_CONTRACT]->()-[:HAS_BINDING]->(binding) WHERE binding.status = 'ACTIVE' | [binding.serial, binding.uri, binding.instance_label]]
]) AS concepts
