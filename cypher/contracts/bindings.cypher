// Which bindings carry this serial, or this URI, and which took their places?
// $serial  integer: Binding.serial, or null
// $uri     string: Binding.uri, or null
// $prefix  string: Namespace.prefix, or null where a URI is asked for
// Returns  one row: bindings, one list each: serial, uri, instance_label, runtime_path, status, Contract.uri, concept_uri, uri of the binding that
//          took its place or null, uri of the one that holds today, at the end of that chain, or null
// Plan     NodeIndexSeek on Binding.serial or NodeUniqueIndexSeek on Binding.uri, then Expand
CALL () {
  MATCH (binding:Binding {uri: $uri})
  RETURN binding
  UNION
  MATCH (binding:Binding {serial: $serial})
  RETURN binding
}
MATCH (binding)<-[:HAS_BINDING]-(contract:Contract)<-[:HAS_CONTRACT]-(concept:Concept)
WHERE $prefix IS NULL OR concept.prefix = $prefix
OPTIONAL MATCH (binding)<-[:SUPERSEDES]-(next:Binding)
OPTIONAL MATCH (binding)<-[:SUPERSEDES*1..]-(newest:Binding WHERE newest.status = 'ACTIVE')
RETURN collect([
  binding.serial, binding.uri, binding.instance_label, binding.runtime_path, binding.status, contract.uri, concept.concept_uri, next.uri, newest.uri
]) AS bindings
