// What were these elements at each revision, and the removed ones that had a label which is given to another now?
// $prefix    string   Namespace.prefix
// $concepts  strings  Concept.concept_uri
// $labels    strings  labels that removed elements may have had
// Returns    one row: own, removed; each a list of payloads of revisions (JSON), in no order
// Plan       NodeIndexSeek on Revision.concept_uri; for removed elements behind NodeIndexSeek on Concept.prefix
CALL () {
  UNWIND $concepts AS uri
  MATCH (revision:Revision {concept_uri: uri})
  USING INDEX SEEK revision:Revision(concept_uri)
  RETURN collect(revision.payload) AS own
}
CALL (own) {
  MATCH (concept:Concept {prefix: $prefix})
  USING INDEX SEEK concept:Concept(prefix)
  WHERE concept.concept_status = 'REMOVED' AND any(label IN [concept.label] + coalesce(concept.previous_labels, []) WHERE label IN $labels)
  MATCH (revision:Revision {concept_uri: concept.concept_uri})
  USING INDEX SEEK revision:Revision(concept_uri)
  RETURN collect(revision.payload) AS removed
}
RETURN own, removed
