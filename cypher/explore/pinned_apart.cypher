// Which consumers and producers of one element are pinned to different contracts of it?
// Returns  one row a pair: element, producer, produces_by, consumer, owner (of the consumer), consumes_by
// Plan     NodeByLabelScan on Concept, then Expand
MATCH (concept:Concept)-[:HAS_CONTRACT]->(kept:Contract)<-[:PINNED_TO {role: 'producer'}]-(producer:ModelRef)
MATCH (concept)-[:HAS_CONTRACT]->(read:Contract)<-[:PINNED_TO {role: 'consumer'}]-(consumer:ModelRef)
WHERE read <> kept
RETURN concept.prefix + ':' + concept.label AS element, producer.key AS producer, kept.uri AS produces_by, consumer.key AS consumer,
       consumer.owner AS owner, read.uri AS consumes_by
ORDER BY element, producer, consumer
