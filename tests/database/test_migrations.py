"""Migrations: a graph of an earlier release is brought to this one, and nothing in it is lost."""

import warnings

from neo4j.warnings import Neo4jWarning

from graph_ledger.database.migrations import MIGRATIONS, migrate
from graph_ledger.ledger import Ledger

OLD = "constraint_unique_RegisteredModel_name"


def test_models_are_found_by_the_name_under_which_they_were_registered(ledger: Ledger) -> None:
    ledger.registry.register("clf", "1")
    with ledger.database.driver.session() as session:
        session.run(f"CREATE CONSTRAINT {OLD} FOR (model:RegisteredModel) REQUIRE model.name IS UNIQUE").consume()
        session.run("DROP CONSTRAINT constraint_unique_RegisteredModel_registered_name").consume()
        session.run("MATCH (model:RegisteredModel) REMOVE model.registered_name").consume()
        session.run("MATCH (migration:Migration {number: $number}) DELETE migration", number=len(MIGRATIONS)).consume()
        assert ledger.registry.get_model("clf") is None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Neo4jWarning)  # that the rest of the schema is there already
            assert migrate(ledger.database) == migrate(ledger.database) == len(MIGRATIONS)
        there = {record["name"] for record in session.run("SHOW CONSTRAINTS YIELD name")}
    assert there & {OLD, f"{OLD[:-4]}registered_name"} == {"constraint_unique_RegisteredModel_registered_name"}
    model = ledger.registry.get_model("clf")
    assert model is not None
    assert [each.version for each in model.versions] == ["1"]
