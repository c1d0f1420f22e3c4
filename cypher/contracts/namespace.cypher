// What is known of a namespace, by its prefix, and what would stand in its way?
// $prefix  string: Namespace.prefix
// $uri     string: what every identity in it begins with
// Returns  one row: namespace (a map, or null: key, uri, profile, mode, release, concepts, revisions, contracts, bindings (next serials), synced_at
//          (microseconds), report_hash), taken (prefix of another namespace with this URI, or null), stranger (key of a model that is no
//          concept and has the prefix as its platform, or null)
// Plan     NodeUniqueIndexSeek on Namespace.prefix and Namespace.namespace_uri, NodeUniqueIndexSeekByRange on ModelRef.key
OPTIONAL MATCH (mine:Namespace {prefix: $prefix})
OPTIONAL MATCH (other:Namespace {namespace_uri: $uri})
CALL () {
  OPTIONAL MATCH (model:ModelRef)
  WHERE model.key STARTS WITH $prefix + '/' AND NOT model:Concept
  RETURN model.key AS stranger LIMIT 1
}
RETURN CASE WHEN mine IS NOT NULL THEN {
         key: mine.key, uri: mine.namespace_uri, profile: mine.profile, mode: mine.mode, release: mine.release, concepts: mine.next_concept, revisions: mine.next_revision,
         contracts: mine.next_contract, bindings: mine.next_binding, report_hash: mine.report_hash,
         synced_at: mine.synced_at.epochSeconds * 1000000 + mine.synced_at.microsecond
       } END AS namespace,
       CASE WHEN other.prefix <> $prefix THEN other.prefix END AS taken, stranger
