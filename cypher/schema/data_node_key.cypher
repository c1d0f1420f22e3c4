// Which key names one DataNode? The walks start here, so the label needs an index of its own beside ModelRef's.
CREATE CONSTRAINT constraint_unique_DataNode_key IF NOT EXISTS FOR (node:DataNode) REQUIRE node.key IS UNIQUE
