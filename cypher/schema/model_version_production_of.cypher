// Which version of a model is in production? At most one: whatever else goes wrong, the database takes no second.
CREATE CONSTRAINT constraint_unique_ModelVersion_production_of IF NOT EXISTS FOR (version:ModelVersion) REQUIRE version.production_of IS UNIQUE
