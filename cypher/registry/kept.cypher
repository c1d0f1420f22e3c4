// What is kept of versions beside their events, and what do the events say?
// $after   string: ModelRef.key after which to go on, '' at the beginning
// $most    integer: how many versions
// $type    string: the event type of a move from stage to stage
// Returns  one row: versions, in order of key, a map each: key, kept (map of what stands beside), artifact (its key, or null), model_hash (of its
//          model), said (payloads of what was said of it, newest first), gone (whether it was deleted), moves (payloads of its moves, in order)
// Plan     NodeByLabelScan on ModelVersion, then Expand along SEEN_BY and HAS_SNAPSHOT
MATCH (version:ModelVersion)
WHERE version.key > $after
WITH version ORDER BY version.key LIMIT $most
RETURN collect({
  key: version.key,
  kept: version {.model_name, .version, .stage, .framework, .description, .metrics, .parameters, .version_tags, .production_of,
                 deleted: version.deleted_at IS NOT NULL},
  artifact: head([(version)-[:STORED_AS]->(artifact:Artifact) | artifact.key]),
  model_hash: head(COLLECT { MATCH (model:RegisteredModel {registered_name: version.model_name}) RETURN model.model_hash }),
  said: COLLECT {
    MATCH (version)-[:HAS_SNAPSHOT]->(event:Snapshot {event_type: 'discovered'})
    WHERE event.source = 'registry/' + version.model_name AND event.payload CONTAINS '"model_version":{'
    RETURN event.payload ORDER BY event.sequence DESC },
  gone: EXISTS { (version)-[:HAS_SNAPSHOT]->(:Snapshot {event_type: 'version_deleted'}) },
  moves: COLLECT {
    MATCH (version)-[:HAS_SNAPSHOT]->(event:Snapshot {event_type: $type})
    RETURN event.payload ORDER BY event.timestamp, event.sequence }
}) AS versions
