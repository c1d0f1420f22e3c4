// What are the living concepts of a namespace called?
// $prefix  string: Namespace.prefix, or null for all of them
// $most    integer: how many at most
// Returns  one row: labels, with their prefixes
// Plan     NodeIndexSeek on Concept.prefix, or NodeByLabelScan where all are asked for
CALL () {
  WITH 1 AS all WHERE $prefix IS NULL
  MATCH (concept:Concept)
  RETURN concept
  UNION
  MATCH (concept:Concept {prefix: $prefix})
  RETURN concept
}
WITH concept
WHERE concept.concept_status = 'ACTIVE'
WITH concept LIMIT $most
RETURN collect(concept.prefix + ':' + concept.label) AS labels
