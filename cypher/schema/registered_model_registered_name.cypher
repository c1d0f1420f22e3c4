// Which model has versions under a name? One name is one model, also where several models of other platforms are called the same.
CREATE CONSTRAINT constraint_unique_RegisteredModel_registered_name IF NOT EXISTS FOR (model:RegisteredModel) REQUIRE model.registered_name IS UNIQUE
