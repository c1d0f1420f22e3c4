// What server is this?
// Returns  one row: name, version, edition
CALL dbms.components() YIELD name, versions, edition
WITH name, versions, edition WHERE name = 'Neo4j Kernel'
RETURN name, versions[0] AS version, edition
