// Which groups are there, and who is in them today? Nodes and relationships, for drawing.
// Returns  one row a membership: member, member_of, group
// Plan     NodeByLabelScan on Composite, then Expand
MATCH (group:Composite)<-[member_of:MEMBER_OF]-(member:ModelRef)
RETURN member, member_of, group
LIMIT 1000
