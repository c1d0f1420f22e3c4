"""The Prefect connector against a real Prefect server, and against answers that no real one gives on demand."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from graph_ledger import DataNode, Ledger
from graph_ledger.connectors import SourceConnector
from graph_ledger.connectors.prefect import prefect_connector
from graph_ledger.connectors.prefect_reading.deployments import deployment_node
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.listing import Listing
from tests.connectors.real_server import free_port, running
from tests.connectors.twice import check_twice
from tests.environments import environment

MANY = 201
"""One more than a page of Prefect."""
RICH: dict[str, Any] = {
    "name": "nightly",
    "tags": ["input:Raw.Table", "input: other", "output:scores", "owner:risk-team", "Tier: high", "team:fraud", "http://x", "plain", ":"],
    "parameters": {"inputs": ["late", {"identifier": "alerts", "kind": "queue"}], "outputs": "report, scores", "password": "s3cret"},
    "entrypoint": "flows/score.py:score",
    "version": "7",
    "description": "Scores every night",
    "schedules": [
        {"schedule": {"cron": "30 6 * * *", "timezone": "Europe/Berlin"}, "active": True},
        {"schedule": {"interval": 3600, "anchor_date": "2026-01-01T00:00:00Z"}, "active": False},
    ],
    "job_variables": {"env": {"PASSWORD": "s3cret"}},
}


class Server:
    """A running Prefect."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/api"
        self.client = httpx.Client(trust_env=False, timeout=60)

    def deploy(self, flow: str, **deployment: Any) -> str:
        """Make a deployment, and its flow where it is not there yet; return its identifier."""
        flow_id = self._post("/flows/", {"name": flow})["id"]
        return str(self._post("/deployments/", {"flow_id": flow_id, **deployment})["id"])

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        answer = self.client.post(f"{self.url}{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    # Its newest web framework is one that this Prefect cannot use.
    programs, folder, port = environment("prefect", "prefect==3.8.8", "fastapi==0.139.*"), tmp_path_factory.mktemp("prefect"), free_port()
    settings = {
        "PREFECT_HOME": str(folder),
        "PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{folder}/prefect.db",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    command = [programs / "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-services"]
    with running(command, f"http://127.0.0.1:{port}/api/health", folder / "log", settings):
        started = Server(port)
        started.deploy("score", **RICH)
        for number in range(MANY):
            started.deploy(f"flow {number:03}", name="prod", tags=["many", *(["few"] if number < 3 else [])])
        yield started
        started.client.close()


def names(listing: Listing) -> list[str]:
    return [node.name for node in listing]


def said(listing: Listing) -> list[tuple[str, str]]:
    return [(error.where, error.reason) for error in listing.errors]


@pytest.mark.slow
def test_every_real_deployment_is_a_node_also_where_flows_use_one_name(server: Server) -> None:
    connector = prefect_connector(url=server.url)
    listing = connector.discover()
    assert isinstance(connector, SourceConnector)
    assert (listing.complete, said(listing), listing.source_key) == (True, [], "prefect/default")
    assert listing.coverage == {"nodes": MANY + 1, "deployments": MANY + 1, "flows": MANY + 1, "requests": 7}
    assert set(names(listing)) == {"score/nightly", *(f"flow {number:03}/prod" for number in range(MANY))}


@pytest.mark.slow
def test_a_real_deployment_tells_its_ports_its_owner_and_its_schedules(server: Server) -> None:
    (node,) = (node for node in prefect_connector(url=server.url).discover() if node.name == "score/nightly")
    assert [repr(port) for port in node.inputs] == [
        "DataPort('raw.table')", "DataPort('other')", "DataPort('late')", "DataPort('alerts', kind='queue')",
    ]  # fmt: skip
    assert [port.identifier for port in node.outputs] == ["scores", "report"]
    assert "s3cret" not in json.dumps(node.metadata)
    assert node.metadata.pop("source_updated_at").startswith("20")
    assert node.metadata.pop("created_at").startswith("20")
    assert node.metadata == {
        "node_type": "prefect",
        "owner": "risk-team",
        "tier": "high",
        "team": "fraud",
        "purpose": "Scores every night",
        "description": "Scores every night",
        "entrypoint": "flows/score.py:score",
        "version": "7",
        "tags": sorted(RICH["tags"]),
        "cron": "30 6 * * *",
        "run_frequency": "Daily at 06:30",
        "schedules": [
            {"active": False, "interval": 3600.0, "timezone": "UTC"},
            {"active": True, "cron": "30 6 * * *", "timezone": "Europe/Berlin"},
        ],
    }


@pytest.mark.slow
@pytest.mark.parametrize(("tags", "listed"), [("few", 3), (["few", "many"], 3), (["few", "absent"], 0)])
def test_real_deployments_are_those_with_all_the_tags(server: Server, tags: Any, listed: int) -> None:
    listing = prefect_connector("prefect", tags, url=server.url, page_size=2).discover()
    assert (len(listing), listing.complete) == (listed, True)


@pytest.mark.slow
def test_real_deployments_join_the_graph_and_a_second_run_writes_nothing(server: Server, ledger: Ledger) -> None:
    ledger.add([DataNode("loader", platform="etl", outputs=["raw.table"]), DataNode("dashboard", inputs=["report"])])
    check_twice(ledger, prefect_connector(url=server.url), MANY + 1)
    assert ledger.trace("dashboard") == ["loader", "score/nightly", "dashboard"]
    assert (ledger.get("score/nightly").owner, ledger.get("score/nightly").tier) == ("risk-team", "high")


@pytest.mark.slow
def test_a_real_deployment_that_is_deleted_is_gone(server: Server, ledger: Ledger) -> None:
    made = server.deploy("score", name="weekly", tags=["few"])
    connector = prefect_connector(tag_filter="few", url=server.url)
    assert ledger.discover(connector).added == 4
    assert server.client.delete(f"{server.url}/deployments/{made}").is_success
    report = ledger.discover(connector)
    assert (report.complete, report.gone, report.changed) == (True, 1, 0)
    assert not any(node.name == "score/weekly" for node in connector.discover())


@pytest.mark.slow
def test_a_real_server_that_is_asked_at_the_wrong_address_is_no_empty_one(server: Server) -> None:
    with pytest.raises(SourceError, match=r"deployments, their count before: .* answered 40"):
        prefect_connector(url=server.url.removesuffix("/api")).discover()


Asked = dict[str, Any]
Respond = Callable[[str, Asked], Any]


def read(answer: Respond, **options: Any) -> Listing:
    """Read a server that answers with these: to the path below the API, and what was asked."""

    def respond(request: httpx.Request) -> httpx.Response:
        made = answer(request.url.path.removeprefix("/api/"), json.loads(request.content))
        return made if isinstance(made, httpx.Response) else httpx.Response(200, json=made)

    return prefect_connector(transport=httpx.MockTransport(respond), tries=1, **options).discover()


def with_deployments(*deployments: Asked, counts: tuple[int, int] | None = None, instead: Respond | None = None) -> Respond:
    """Answer as a server that has these; ``instead`` may answer in its place."""
    told = iter(counts or (len(deployments),) * 2)

    def answer(path: str, asked: Asked) -> Any:
        other = instead(path, asked) if instead else None
        if other is not None:
            return other
        if path == "deployments/count":
            return next(told)
        if path == "flows/filter":
            return [{"id": each, "name": each.upper()} for each in asked["flows"]["id"]["any_"] if each != "lost"]
        return list(deployments)[asked["offset"] : asked["offset"] + asked["limit"]]

    return answer


def deployment(name: Any, flow: str = "f", **more: Any) -> Asked:
    return {"id": f"{flow}-{name}", "name": name, "flow_id": flow, **more}


def test_one_name_in_two_flows_is_two_nodes() -> None:
    listing = read(with_deployments(deployment("prod", "a"), deployment("prod", "b")))
    assert (names(listing), listing.complete) == (["A/prod", "B/prod"], True)


def test_a_server_without_deployments_is_complete() -> None:
    listing = read(with_deployments())
    assert (len(listing), listing.complete) == (0, True)


@pytest.mark.parametrize("counts", [(2, 3), (3, 2), (3, 3), (1, 1)])
def test_deployments_that_change_while_they_are_read_are_not_complete(counts: tuple[int, int]) -> None:
    listing = read(with_deployments(deployment("a"), deployment("b"), counts=counts))
    assert (len(listing), listing.complete) == (2, False)
    assert said(listing) == [
        ("deployments", f"the server counts {counts[0]} before and {counts[1]} after, and 2 were read: they changed meanwhile")
    ]


def test_what_comes_twice_is_one_node() -> None:
    listing = read(with_deployments(deployment("a"), deployment("b"), deployment("b"), deployment("c"), counts=(3, 3)), page_size=2)
    assert (names(listing), listing.complete) == (["F/a", "F/b", "F/c"], True)


def test_pages_that_go_in_a_circle_are_an_error() -> None:
    listing = read(with_deployments(instead=lambda path, asked: [deployment("a")] if path == "deployments/filter" else None, counts=(1, 1)))
    assert (names(listing), listing.complete) == (["F/a"], False)
    assert said(listing) == [("deployments page 2", "it holds nothing new: the pages go in a circle")]


@pytest.mark.parametrize("status", [401, 403, 404, 422, 500])
@pytest.mark.parametrize("failing", ["deployments/count", "deployments/filter", "flows/filter"])
def test_a_refusal_is_no_empty_server(status: int, failing: str) -> None:
    refused = httpx.Response(status, json={"detail": "Not so."})
    with pytest.raises(SourceError, match=rf"^prefect: .* answered {status} \(Not so\.\)$"):
        read(with_deployments(deployment("a"), instead=lambda path, asked: refused if path == failing else None))


@pytest.mark.parametrize("failing", ["deployments/count", "deployments/filter", "flows/filter"])
def test_the_page_of_another_server_is_no_empty_one(failing: str) -> None:
    with pytest.raises(SourceError, match=r"is it the address of an API of Prefect\?"):
        read(with_deployments(deployment("a"), instead=lambda path, asked: {} if path == failing else None))


def test_deployments_that_were_read_before_a_page_failed_are_kept() -> None:
    def instead(path: str, asked: Asked) -> Any:
        return httpx.Response(500) if path == "deployments/filter" and asked["offset"] else None

    listing = read(with_deployments(deployment("a"), deployment("b"), instead=instead), page_size=1)
    assert (names(listing), listing.complete) == (["F/a"], False)
    assert said(listing) == [("deployments page 2", "http://127.0.0.1:4200/api/deployments/filter answered 500")]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (deployment("a", "lost"), "its flow is not there, after which it is named"),
        (deployment(None), "a deployment has a name, which None is not"),
        (deployment("x\0"), "holds the character NUL"),
        ({**deployment("ok"), "id": "other"}, "the name 'F/ok' came before"),
        (deployment("a", parameters={"inputs": {"a": 1}}), "has no 'identifier' (port_parameters says which parameters do)"),
        (deployment("a", tags=5), "its tags are a list, not '5'"),
        (deployment("a", schedules="daily"), "its schedules are a list, not 'daily'"),
        (deployment("a", parameters={"outputs": "[broken"}), "'outputs' begins like JSON and cannot be read as such"),
    ],
)
def test_a_bad_deployment_is_said_and_the_others_stay(bad: Asked, reason: str) -> None:
    listing = read(with_deployments(deployment("ok"), bad, deployment("more")))
    assert (names(listing), listing.complete) == (["F/ok", "F/more"], False)
    assert [(where, reason in told) for where, told in said(listing)] == [(f"deployment {bad['name']!r} ({bad['id']})", True)]


def test_parameters_with_another_meaning_can_be_left_alone() -> None:
    odd = deployment("a", parameters={"inputs": {"a": 1}, "reads": "t"})
    assert read(with_deployments(odd), port_parameters=None).complete
    (node,) = read(with_deployments(odd), port_parameters=["reads", "writes"])
    assert [port.identifier for port in node.inputs] == ["t"]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"tags": ["author:ada"]}, {"author": "ada", "owner": "ada"}),
        ({"tags": ["author:ada", "owner:bob"]}, {"author": "ada", "owner": "bob"}),
        ({"tags": ["owner:b", "owner:a"]}, {"owner": "a"}),
        ({"tags": ["purpose:p"], "description": "d"}, {"purpose": "p", "description": "d"}),
        ({"tags": ["version:1"], "version": "2", "paused": True}, {"version": "2", "paused": True}),
        ({"schedules": [{"schedule": {"rrule": "FREQ=DAILY"}}]}, {"schedules": [{"active": True, "rrule": "FREQ=DAILY"}]}),
        ({"tags": None, "parameters": None, "schedules": None}, {}),
        (
            {"schedules": [{"schedule": {"cron": "1 2 3 4 5"}}, "x"]},
            {"cron": "1 2 3 4 5", "schedules": [{"active": True, "cron": "1 2 3 4 5"}]},
        ),
    ],
)
def test_tags_and_fields_become_metadata(told: Asked, kept: Asked) -> None:
    found = dict(deployment_node({"name": "d", **told}, "f", "p", "p", None).metadata)
    found.pop("tags", None)
    assert found == {"node_type": "p", **kept}


def test_the_order_in_which_a_server_tells_is_no_change() -> None:
    told = [{**RICH, "tags": tags, "schedules": schedules} for tags, schedules in (
        (RICH["tags"], RICH["schedules"]), (RICH["tags"][::-1], RICH["schedules"][::-1]),
    )]  # fmt: skip
    first, second = (deployment_node(each, "f", "p", "p", ("inputs", "outputs")) for each in told)
    assert first == second


@pytest.mark.parametrize("tag", [f"a{' ' * 300_000}", f"a:b{' ' * 300_000}c", f"a : {'x ' * 150_000}"])
def test_a_tag_of_many_blanks_is_read_at_once(tag: str) -> None:
    began = time.monotonic()
    assert deployment_node({"name": "d", "tags": [tag]}, "f", "p", "p", None).metadata["tags"] == [tag]
    assert time.monotonic() - began < 5


def test_the_key_is_sent_and_nowhere_shown() -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(f"{request.url} {request.headers['authorization']}")
        return httpx.Response(401)

    made = prefect_connector(url="https://api.example/accounts/1/workspaces/2", api_key="pnu_s3cret", transport=httpx.MockTransport(answer))
    with pytest.raises(SourceError) as caught:
        made.discover()
    assert seen == ["https://api.example/accounts/1/workspaces/2/deployments/count Bearer pnu_s3cret"]
    assert "s3cret" not in f"{caught.value!r} {made!r} {made.http!r}"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"page_size": 201}, "page_size is from 1 to 200, not 201"),
        ({"tag_filter": ["a", ""]}, "tag_filter is a tag or a list of tags"),
        ({"port_parameters": "inputs"}, "port_parameters are two names"),
        ({"port_parameters": ["inputs"]}, "port_parameters are two names"),
        ({"name": "a/b"}, "holds a slash"),
    ],
)
def test_what_does_not_fit_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        prefect_connector(**options)
