"""Whatever a service says or does not say, a client says what is wrong, repeats nothing that may be done twice, and shows no key."""

import json
import logging
from collections.abc import Iterator

import pytest

from graph_ledger.errors import (
    AccessDeniedError,
    DatabaseError,
    GraphLedgerError,
    KeyRefusedError,
    LeaseError,
    ModelNotFoundError,
    NotAllowedError,
    OverBudgetError,
    ServiceAwayError,
    UnreachableError,
    ValidationError,
)
from graph_ledger.ledger import Ledger
from graph_ledger.remote import service
from graph_ledger.remote_ledger import RemoteLedger
from graph_ledger.settings import Settings
from graph_ledger.values.problem import MEDIA_TYPE, problem_of
from tests.remote.strange import OPENED, Said, Strange, strange

KEY = "gl_0123456789abcdef_not-to-be-shown"
PROBLEM, PAGE = MEDIA_TYPE, "text/html"
NOW = "2026-06-30T12:00:00Z"


@pytest.fixture
def there() -> Iterator[Strange]:
    with strange() as server:
        yield server


@pytest.fixture
def far(there: Strange, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """A client that shows a key."""
    monkeypatch.setattr(service, "PAUSE", 0.01)
    with Ledger(there.uri, key=KEY) as ledger:
        there.asked.clear()
        yield ledger


def problem(status: int, detail: str = "no", **more: object) -> Said:
    return Said(status, json.dumps({"title": "t", "status": status, "detail": detail, **more}).encode(), PROBLEM)


def of(error: GraphLedgerError) -> Said:
    told = problem_of(error)
    return Said(told["status"], json.dumps(told).encode(), PROBLEM)


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        (problem(401), KeyRefusedError, "refused the key"),
        (Said(401, b"<html>", PAGE), KeyRefusedError, "GRAPH_LEDGER_KEY"),
        (problem(403, "that takes the role writer"), NotAllowedError, "the role writer"),
        (Said(403, b"<html>", PAGE), NotAllowedError, "does not allow"),
        (problem(400, "Over"), ValidationError, "Over"),
        (Said(413, b"", PAGE), OverBudgetError, "bytes"),
        (Said(429, b"", PAGE), OverBudgetError, "requests"),
        (of(OverBudgetError("seconds", 30)), OverBudgetError, "at most 30 seconds"),
        (of(ModelNotFoundError("fraude", ["ml/fraud"])), ModelNotFoundError, "did you mean ml/fraud"),
        (of(LeaseError("jobs/default", "etl@host:1", None)), LeaseError, "etl@host"),
        (of(DatabaseError("a secret of the log")), ServiceAwayError, "cannot answer now"),
        (Said(502, b"<html>", PAGE), UnreachableError, "no graph-ledger service answers at http"),
        (Said(404, b"<html>", PAGE), DatabaseError, "answered 404"),
        (Said(500, b"?", PROBLEM), DatabaseError, "answered 500"),
        (Said(307, b"", PAGE, {"Location": "http://127.0.0.1:1/models"}), DatabaseError, "another address"),
        (Said(200, b"<html>please sign in", PAGE), DatabaseError, "no graph-ledger service .*text/html"),
        (Said(200, b'{"hello": "world"}'), DatabaseError, "no graph-ledger service"),
        (Said(200, b"[1, 2"), DatabaseError, "no graph-ledger service"),
        (Said(200, b"no gzip", headers={"Content-Encoding": "gzip"}), DatabaseError, "unpacked"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_an_error_that_says_what_to_do(
    there: Strange, far: Ledger, said: Said, kind: type[Exception], words: str
) -> None:
    there.answers = [said]
    with pytest.raises(kind, match=words) as told:
        far.get("fraud")
    assert type(told.value) is kind or kind is UnreachableError
    assert KEY not in f"{told.value}{told.value!r}{vars(told.value)}"
    assert len(there.asked) == 1


def test_the_key_stands_in_a_header_alone(there: Strange, far: Ledger, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        far.list()
    path, headers = there.asked[0]
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert KEY not in path + repr(far) + repr(Settings(key=KEY)) + caplog.text
    assert isinstance(far, Ledger)
    assert isinstance(far, RemoteLedger)


def test_a_reading_question_is_asked_again_when_the_connection_broke_or_the_service_says_so(there: Strange, far: Ledger) -> None:
    there.answers = [Said(None), Said(503, b"{}", PROBLEM, {"Retry-After": "0"}), Said(200, OPENED)]
    assert far.list() == []
    assert len(there.asked) == 3
    there.asked.clear()
    there.answers = [Said(None)] * 4
    with pytest.raises(ServiceAwayError) as told:
        far.list()
    assert (len(there.asked), told.value.written) == (3, False)


def test_what_may_have_been_written_is_repeated_only_where_it_says_for_when_it_is(there: Strange, far: Ledger) -> None:
    there.answers = [Said(None)] * 2
    with pytest.raises(ServiceAwayError, match="whether it was written is not known") as told:
        far.record("fraud", event="seen", actor="a")
    assert (len(there.asked), told.value.written) == (1, True)
    event = {"model_hash": "0" * 32, "event_type": "seen", "actor": "a", "timestamp": NOW}
    there.answers = [Said(None), Said(200, json.dumps({"events": [event]}).encode())]
    there.asked.clear()
    assert far.record("fraud", event="seen", actor="a", timestamp=NOW).event_type == "seen"
    assert [path for path, _ in there.asked] == ["/record_many", "/record_many"]


def test_where_nobody_answers_it_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "PAUSE", 0.01)
    with pytest.raises(UnreachableError, match=r"no graph-ledger service answers at http://127\.0\.0\.1:1 ") as told:
        Ledger("http://127.0.0.1:1")
    assert told.value.uri == "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("uri", "given", "words"),
    [
        ("http://ledger.example", {"key": KEY}, "not sent to http://ledger.example.*https://"),
        ("https://me:secret@ledger.example", {}, "no user, password"),
        ("https://ledger.example?key=1", {}, "query"),
        ("https://", {}, "names no host"),
        ("https://ledger.example:port", {}, "cannot be read"),
        ("https://ledger.example", {"auth": ("a", "b")}, "auth and database go with a database"),
        ("https://ledger.example", {"database": "x"}, "auth and database go with a database"),
        ("https://ledger.example", {"key": "two words"}, "one word"),
        ("neo4j://graph.example", {"key": KEY}, "a key goes with a service"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_sent(uri: str, given: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words) as told:
        Ledger(uri, **given)  # type: ignore[arg-type]  # one argument each
    assert "secret" not in str(told.value)
    assert KEY not in str(told.value)


def test_address_and_key_come_from_the_settings_as_well(there: Strange) -> None:
    with Ledger(settings=Settings(uri=there.uri, key=KEY)) as far:
        assert repr(far) == f"<Ledger at {there.uri}>"
    assert there.asked[0][1]["Authorization"] == f"Bearer {KEY}"
    there.answers = [problem(401)]
    with pytest.raises(AccessDeniedError, match="asks for a key") as told:
        Ledger(there.uri, settings=Settings())
    assert told.value.exit_code == 3
