// Which namespaces are there?
// Returns  one row: namespaces, one list each, by prefix: prefix, ModelRef.key
// Plan     NodeByLabelScan on Namespace
MATCH (namespace:Namespace)
WITH namespace ORDER BY namespace.prefix
RETURN collect([namespace.prefix, namespace.key]) AS namespaces
