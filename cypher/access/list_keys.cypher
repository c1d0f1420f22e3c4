// Which keys are there?
// Returns  one row: keys, by name, each a list of columns, the time by the database's clock as the last
// Plan     NodeByLabelScan on ApiKey: there are few
MATCH (key:ApiKey)
WITH key ORDER BY key.name
RETURN collect([
  key.key, key.name, key.role, key.created_at, key.expires_at, key.revoked_at, datetime.realtime('Z')
]) AS keys
