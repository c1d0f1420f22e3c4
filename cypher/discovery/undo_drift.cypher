// Set the fields of models back to what their events say.
// $keys    list of strings: ModelRef.key
// Returns  one row: models
UNWIND $keys AS key
MATCH (node:ModelRef {key: key})
SET node.owner = node.believed[0], node.tier = node.believed[1], node.status = node.believed[2], node.purpose = node.believed[3],
    node.model_type = node.believed[4], node.model_origin = node.believed[5], node.platform = node.believed[6],
    node.metadata = node.believed[7], node.present = node.believed[8] = 'true'
RETURN count(node) AS models
