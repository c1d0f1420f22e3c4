"""Doctor: is the database what graph-ledger needs?"""

import re
import time
from collections.abc import Iterator
from importlib.metadata import version

from graph_ledger.database.database import Database
from graph_ledger.database.migrations import MIGRATIONS
from graph_ledger.database.statements import names, source
from graph_ledger.errors import UnsupportedServerError
from graph_ledger.values.check import Check

OLDEST = (5, 26)
SKEW = 5.0
EXPECTED = re.compile(r"(?:CONSTRAINT|INDEX) (\w+) IF NOT EXISTS")


def doctor(database: Database) -> list[Check]:
    """Look at server, driver, schema and clock; return one check each."""
    return [_server(database), *_packages(), *_schema(database), _clock(database)]


def check_version(text: str) -> None:
    """Refuse a server that is too old.

    Raises:
        UnsupportedServerError: It is older than 5.26.
    """
    if parsed(text) < OLDEST:
        raise UnsupportedServerError(text, "5.26")


def parsed(text: str) -> tuple[int, int]:
    """Return year and month, or major and minor, of a version."""
    numbers = [int(number) for number in re.findall(r"\d+", text)[:2]]
    return (numbers[0], numbers[1] if len(numbers) > 1 else 0) if numbers else (0, 0)


def _server(database: Database) -> Check:
    row = database.read("database/components")
    fine = parsed(row["version"]) >= OLDEST
    advice = "" if fine else ": graph-ledger needs 5.26 or newer, upgrade the server"
    return Check(name="server", ok=fine, detail=f"{row['name']} {row['version']} {row['edition']}{advice}")


def _packages() -> Iterator[Check]:
    for package, needed in (("neo4j", (6, 1)), ("neomodel", (7, 0))):
        installed = version(package)
        fine = parsed(installed)[0] == needed[0] and (package != "neo4j" or parsed(installed) == needed)
        advice = "" if fine else f": {needed[0]}.{needed[1]} is needed, install graph-ledger anew"
        yield Check(name=package, ok=fine, detail=f"{installed}{advice}")


def _schema(database: Database) -> Iterator[Check]:
    applied = int(database.read("database/migrated")["number"])
    fine = applied == len(MIGRATIONS)
    detail = f"{applied} of {len(MIGRATIONS)} applied" + ("" if fine else ": open the graph once with this version of graph-ledger")
    yield Check(name="migrations", ok=fine, detail=detail)
    live = set(database.read("database/live_schema")["names"])
    missing, foreign = sorted(declared() - live), sorted(live - declared())
    found = "as declared" if not missing else f"missing {', '.join(missing)}: delete the newest Migration node and open the graph again"
    yield Check(name="schema", ok=not missing, detail=found + (f"; besides: {', '.join(foreign)}" if foreign else ""))


def declared() -> set[str]:
    """Return the names of all constraints and indexes that the database must have."""
    from neomodel import StructuredNode

    from graph_ledger.schema import DECLARED

    found = {match[1] for name in names() if name.startswith("schema/") for match in EXPECTED.finditer(source(name))}
    for each in DECLARED:
        cls: type[StructuredNode] = each
        for name, declared_property in cls.defined_properties(aliases=False, rels=False).items():
            if declared_property.unique_index:
                found.add(f"constraint_unique_{cls.__label__}_{declared_property.get_db_property_name(name)}")
            elif declared_property.index:
                found.add(f"index_{cls.__label__}_{declared_property.get_db_property_name(name)}")
        for relationship in cls.defined_properties(aliases=False, rels=True, properties=False).values():
            model = relationship.definition["model"]
            for name, declared_property in model.defined_properties(aliases=False, rels=False).items() if model else ():
                if declared_property.unique_index:
                    kind = relationship.definition["relation_type"]
                    found.add(f"constraint_unique_{kind}_{declared_property.get_db_property_name(name)}")
    return found


def _clock(database: Database) -> Check:
    skew = database.read("database/clock")["now"] / 1_000_000 - time.time()
    fine = abs(skew) < SKEW
    advice = "" if fine else ": the database's clock is the one that counts, set the clocks right"
    return Check(name="clock", ok=fine, detail=f"the database is {skew:+.1f} s from this machine{advice}")
