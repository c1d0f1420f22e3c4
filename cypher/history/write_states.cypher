// Write former states of models.
// $rows     list of maps, one a state: key, the identity fields, valid_from, valid_to, recorded_from, recorded_to ([seconds, nanoseconds])
// Returns   one row: states
// Plan      NodeUniqueIndexSeek on ModelRef.key
UNWIND $rows AS row
MATCH (node:ModelRef {key: row.key})
CREATE (node)-[:WAS]->(state:State {
  owner: row.owner, tier: row.tier, status: row.status, purpose: row.purpose, model_type: row.model_type,
  model_origin: row.model_origin, platform: row.platform, metadata: row.metadata, present: row.present,
  valid_from: datetime({epochSeconds: row.valid_from[0], nanosecond: row.valid_from[1]}),
  valid_to: datetime({epochSeconds: row.valid_to[0], nanosecond: row.valid_to[1]}),
  recorded_from: datetime({epochSeconds: row.recorded_from[0], nanosecond: row.recorded_from[1]}),
  recorded_to: datetime({epochSeconds: row.recorded_to[0], nanosecond: row.recorded_to[1]})
})
RETURN count(state) AS states
