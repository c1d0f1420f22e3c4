// Which identifiers have pattern ports, or claims that follow from patterns?
// Returns  one row: identifiers, sorted
// Plan     NodeByLabelScan on Port
MATCH (port:Port)
WHERE port.kind = 'pattern'
WITH DISTINCT port.identifier AS identifier ORDER BY identifier
RETURN collect(identifier) AS identifiers
