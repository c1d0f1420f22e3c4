// Which models have a key or a name that begins like this?
// $begun   string: the beginning, letter for letter; in Browser first  :param begun => 'ml/f'
// Returns  one row a model: key, name
// Plan     NodeUniqueIndexSeekByRange on ModelRef.key and NodeIndexSeekByRange on ModelRef.name, never a scan
MATCH (model:ModelRef)
WHERE model.key STARTS WITH $begun OR model.name STARTS WITH $begun
RETURN model.key AS key, model.name AS name
ORDER BY key
LIMIT 50
