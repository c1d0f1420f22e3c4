// What are the living concepts of a namespace called?
// $prefix  string: Namespace.prefix, or null for all of them
// $most    integer: how many at most
// Returns  one row: labels, with their prefixes
// Plan     NodeIndexSeek on Concept.prefix, or NodeByLabelScan where all are asked for
MATCH (concept:Concept)
WHERE concept.concept_status = 'ACTIVE' AND ($prefix IS NULL OR concept.prefix = $prefix)
WITH concept LIMIT $most
RETURN collect(concept.prefix + ':' + concept.label) AS labels
