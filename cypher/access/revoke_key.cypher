// Let a key work no more; the first time that this was said stays.
// $name    string: ApiKey.name
// Returns  one row: found, its columns and the time by the database's clock; null where there is none
// Plan     NodeUniqueIndexSeek(Locking) on ApiKey.name
OPTIONAL MATCH (key:ApiKey {name: $name})
SET key.revoked_at = coalesce(key.revoked_at, datetime.realtime('Z'))
RETURN CASE WHEN key IS NULL THEN NULL ELSE [
  key.key, key.name, key.role, key.created_at, key.expires_at, key.revoked_at, datetime.realtime('Z')
] END AS found
