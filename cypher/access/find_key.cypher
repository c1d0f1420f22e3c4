// Which key is shown?
// $key     string: ApiKey.key, the part of it that is no secret
// Returns  one row: found, its columns, the time by the database's clock and at last its digest; null where there is none
// Plan     NodeUniqueIndexSeek on ApiKey.key
OPTIONAL MATCH (key:ApiKey {key: $key})
RETURN CASE WHEN key IS NULL THEN NULL ELSE [
  key.key, key.name, key.role, key.created_at, key.expires_at, key.revoked_at, datetime.realtime('Z'), key.digest
] END AS found
