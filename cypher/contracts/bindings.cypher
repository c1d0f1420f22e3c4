// Which bindings carry this serial, or this URI, and which took their places, as of a moment?
// $serial    integer: Binding.serial, or null
// $uri       string: Binding.uri, or null
// $prefix    string: Namespace.prefix, or null where a URI is asked for
// $as_of     datetime, UTC: a binding is there since valid_from <= $as_of, and holds while $as_of < valid_to
// $known_at  datetime, UTC: and recorded_from <= $known_at; what ended counts as ended once that was known
// Returns    one row: bindings, one list each: serial, uri, instance_label, runtime_path, status, Contract.uri, concept_uri, uri of the binding that
//            took its place by then or null, uri of the one that held then, at the end of that chain, or null, whether it was there, whether it held
// Plan       NodeIndexSeek on Binding.serial or NodeUniqueIndexSeek on Binding.uri, then Expand
CALL () {
  MATCH (binding:Binding {uri: $uri})
  RETURN binding
  UNION
  MATCH (binding:Binding {serial: $serial})
  RETURN binding
}
MATCH (binding)<-[:HAS_BINDING]-(contract:Contract)<-[:HAS_CONTRACT]-(concept:Concept)
WHERE $prefix IS NULL OR concept.prefix = $prefix
OPTIONAL MATCH (binding)<-[:SUPERSEDES]-(next:Binding WHERE next.valid_from <= $as_of AND next.recorded_from <= $known_at)
OPTIONAL MATCH (binding)<-[:SUPERSEDES*1..]-(newest:Binding
  WHERE newest.valid_from <= $as_of AND newest.recorded_from <= $known_at AND ($as_of < newest.valid_to OR $known_at < newest.end_recorded))
RETURN collect([
  binding.serial, binding.uri, binding.instance_label, binding.runtime_path, binding.status, contract.uri, concept.concept_uri, next.uri, newest.uri,
  binding.valid_from <= $as_of AND binding.recorded_from <= $known_at, $as_of < binding.valid_to OR $known_at < binding.end_recorded
]) AS bindings
