// How many keys were ever made?
// Returns  one row: total
// Plan     NodeCountFromCountStore
MATCH (key:ApiKey)
RETURN count(key) AS total
