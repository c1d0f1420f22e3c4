// Which models are joined to no other: nobody reads what they write, and nobody writes what they read?
// Returns  one row a model: model, owner, type
// Plan     NodeByLabelScan on ModelRef, then Expand, stopped at the first neighbour
MATCH (model:ModelRef)
WHERE model.present
  AND NOT model:Composite
  AND NOT EXISTS { (model)-[:FEEDS]->(:Port)-[:FEEDS]->(other:DataNode) WHERE other <> model }
  AND NOT EXISTS { (model)<-[:FEEDS]-(:Port)<-[:FEEDS]-(other:DataNode) WHERE other <> model }
RETURN model.key AS model, model.owner AS owner, model.model_type AS type
ORDER BY model
