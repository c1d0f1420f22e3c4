// Keep what may be kept of a new key, unless its name is taken or its end is past.
// $key         string: ApiKey.key, the part of it that is no secret
// $name        string: who signs with it
// $role        string: reader, writer or admin
// $digest      string: SHA-256 over its secret, 64 hex digits
// $expires_at  datetime, UTC, or null: from when on it does not work any more
// Returns      one row: created, whether it was; past, whether its end was over already
// Plan         MergeUniqueNode on ApiKey.name, NodeUniqueIndexSeek on ApiKey.key
WITH coalesce($expires_at <= datetime.realtime(), false) AS past
FOREACH (_ IN CASE WHEN past THEN [] ELSE [true] END |
  MERGE (key:ApiKey {name: $name})
    ON CREATE SET key.key = $key, key.role = $role, key.digest = $digest, key.created_at = datetime.realtime('Z'), key.expires_at = $expires_at
)
WITH past
OPTIONAL MATCH (key:ApiKey {key: $key})
RETURN past, key IS NOT NULL AS created
