// Which indexes does the database have, those behind constraints included?
// Returns  one row of parallel lists: names, owners (labels or types), properties, unique
SHOW INDEXES YIELD name, labelsOrTypes, properties, owningConstraint
WITH name, labelsOrTypes, properties, owningConstraint
WHERE labelsOrTypes IS NOT NULL AND size(labelsOrTypes) > 0
RETURN collect(name) AS names, collect(labelsOrTypes[0]) AS owners, collect(properties) AS properties, collect(owningConstraint IS NOT NULL) AS unique
