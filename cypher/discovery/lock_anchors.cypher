// Lock the identifiers whose ports carry schema, so that a pattern and what it matches never pass each other unseen.
// $identifiers  list of strings, sorted
// $token        string: anything; writing it takes the lock
// Returns       one row: anchors
UNWIND $identifiers AS identifier
MERGE (anchor:PatternAnchor {key: identifier})
SET anchor.lock = $token
RETURN count(anchor) AS anchors
