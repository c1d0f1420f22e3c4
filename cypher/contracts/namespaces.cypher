// Which data models are there, and how do they stand?
// Returns  one row: namespaces, one list each, by prefix: prefix, namespace_uri, ModelRef.key, purpose, owner, living elements, profile, mode or
//          null, release or null, time of the newest report (microseconds; null where there is none)
// Plan     NodeByLabelScan on Namespace, then NodeIndexSeek on Concept.prefix for each
MATCH (namespace:Namespace)
WITH namespace ORDER BY namespace.prefix
RETURN collect([
  namespace.prefix, namespace.namespace_uri, namespace.key, coalesce(namespace.purpose, ''), coalesce(namespace.owner, ''),
  COUNT { MATCH (concept:Concept {prefix: namespace.prefix}) WHERE concept.concept_status = 'ACTIVE' },
  namespace.profile, namespace.mode, namespace.release, namespace.synced_at.epochSeconds * 1000000 + namespace.synced_at.microsecond
]) AS namespaces
