// The name of a model may change; the one under which versions of it were registered is a property of its own.
DROP CONSTRAINT constraint_unique_RegisteredModel_name IF EXISTS
