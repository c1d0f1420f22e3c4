// Make types known before anything has them, so that no question warns of a word that nothing uses yet.
// $names   list of strings
// Returns  one row: made
UNWIND $names AS name
CALL db.createRelationshipType(name)
RETURN count(*) AS made
