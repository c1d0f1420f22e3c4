// When was each source read last, and which models that are present has no source seen since a date?
// $since     datetime, UTC: models whose newest sighting is earlier
// $platform  string or null: only models that run there
// Returns    one row: sources (lists of [Source.key, its newest sighting and its newest finished run, how many models it sees]) and models (lists of
//            [key, name, platform, owner, last_seen, keys of the sources that list it]); times in microseconds
// Plan       NodeByLabelScan on Source and on ModelRef, then Expand along SEEN_BY
CALL () {
  MATCH (source:Source)
  WHERE coalesce(source.name, '') <> 'registry'  // what is registered is told of once, and not read again
  WITH source, COUNT { (source)<-[seen:SEEN_BY]-(:ModelRef) WHERE NOT seen.gone } AS models,
    COLLECT { MATCH (source)<-[seen:SEEN_BY]-(:ModelRef) RETURN seen.last_seen ORDER BY seen.last_seen DESC LIMIT 1 }
    + COLLECT { MATCH (source)<-[:OF]-(run:Run {status: 'finished'}) RETURN run.observed_at ORDER BY run.observed_at DESC LIMIT 1 } AS reads
  RETURN collect([source.key, [read IN reads | read.epochSeconds * 1000000 + read.microsecond], models]) AS sources
}
CALL () {
  MATCH (node:ModelRef)-[seen:SEEN_BY]->(source:Source)
  WHERE coalesce(source.name, '') <> 'registry' AND node.present AND ($platform IS NULL OR node.platform = $platform)
  WITH node, max(seen.last_seen) AS last_seen
  WHERE last_seen < $since
  RETURN collect([
    node.key, node.name, node.platform, node.owner, last_seen.epochSeconds * 1000000 + last_seen.microsecond,
    [(node)-[seen:SEEN_BY]->(source:Source) WHERE NOT seen.gone | source.key]
  ]) AS models
}
RETURN sources, models
