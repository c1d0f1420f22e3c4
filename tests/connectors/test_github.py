"""The GitHub connector: projects become nodes, and no refusal looks like an empty estate."""

import base64
import json
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
import pytest
import yaml

from graph_ledger import DataNode, Ledger
from graph_ledger.connectors import SourceConnector
from graph_ledger.connectors.github import GithubConnector, github_connector
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.listing import Listing
from tests.connectors.local_server import Asked, Reply, serving
from tests.connectors.twice import check_twice

REPO = "my-org/ml-scoring"
CONFIG = "inputs: [Features, {identifier: alerts, kind: queue}]\noutputs: scores\nowner: risk-team\nmetadata: {since: 2026-01-01}\n"
TREE = {f"{REPO}/projects/fraud/deploy.yaml": CONFIG, f"{REPO}/projects/churn/deploy.yaml": '{"name": "churn model",\t"platform": "ML"}'}
Tree = Mapping[str, str | bytes]
Respond = Callable[[httpx.Request], httpx.Response]


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr("graph_ledger.connectors.http.clock.sleep", waited.append)
    return waited


def hub(tree: Tree, asked: list[httpx.Request] | None = None, before: Respond | None = None) -> httpx.MockTransport:
    """Answer as the contents API does; ``before`` may answer in its place, unless its status is 100."""

    def answer(request: httpx.Request) -> httpx.Response:
        if asked is not None:
            asked.append(request)
        instead = before(request) if before else httpx.Response(100)
        if instead.status_code != 100:
            return instead
        path = request.url.raw_path.decode().partition("?")[0]
        owner, name, kind, *steps = path.partition("/repos/")[2].split("/")
        assert kind == "contents"
        return contents(tree, "/".join([owner, name, *map(unquote, steps)]), raw="raw" in request.headers["accept"])

    return httpx.MockTransport(answer)


def contents(tree: Tree, path: str, *, raw: bool) -> httpx.Response:
    if path in tree:
        held = tree[path]
        content = held.encode() if isinstance(held, str) else held
        if raw:
            return httpx.Response(200, content=content)
        large = len(content) > 1_000_000
        text = "" if large else base64.encodebytes(content).decode()
        return httpx.Response(200, json={"type": "file", "size": len(content), "encoding": "none" if large else "base64", "content": text})
    below = {name.removeprefix(f"{path}/").partition("/")[::2] for name in tree if name.startswith(f"{path}/")}
    if not below:
        return httpx.Response(404, json={"message": "Not Found"})
    return httpx.Response(200, json=[{"name": name, "type": "dir" if rest else "file"} for name, rest in sorted(below)])


def connector(
    tree: Tree = TREE, before: Respond | None = None, asked: list[httpx.Request] | None = None, **options: Any
) -> GithubConnector:
    given = {"name": "pipelines", "repos": [REPO], "project_path": "projects", "transport": hub(tree, asked, before), "tries": 2, **options}
    return github_connector(**given)


def read(tree: Tree = TREE, before: Respond | None = None, **options: Any) -> Listing:
    return connector(tree, before, **options).discover()


def only_at(end: str, response: httpx.Response) -> Respond:
    """Answer so where the path ends like this."""
    return lambda request: response if request.url.path.endswith(end) else httpx.Response(100)


def names(listing: Listing) -> list[str]:
    return [node.name for node in listing]


def said(listing: Listing) -> list[tuple[str, str]]:
    return [(error.where, error.reason) for error in listing.errors]


def test_every_project_is_a_node_of_what_its_file_says() -> None:
    asked: list[httpx.Request] = []
    listing = read(asked=asked, token="t0ken", ref="release/1", base_url="https://github.example/api/v3")
    assert (listing.complete, listing.errors, listing.source_key) == (True, (), "pipelines/default")
    assert listing.coverage == {"nodes": 2, "repositories": 1, "folders": 2, "requests": 3}
    churn, fraud = listing
    assert (churn.name, churn.platform, fraud.name, fraud.platform) == ("churn model", "ML", "fraud", "pipelines")
    assert list(map(repr, fraud.inputs)) == ["DataPort('features')", "DataPort('alerts', kind='queue')"]
    assert fraud.metadata == {"repository": REPO, "path": "projects/fraud/deploy.yaml", "since": "2026-01-01", "owner": "risk-team"}
    assert {request.headers["authorization"] for request in asked} == {"Bearer t0ken"}
    assert {request.headers["x-github-api-version"] for request in asked} == {"2022-11-28"}
    assert str(asked[0].url) == f"https://github.example/api/v3/repos/{REPO}/contents/projects?ref=release%2F1"


def test_the_documented_parser_makes_the_nodes() -> None:
    def parser(project: str, text: str) -> DataNode | None:
        found = yaml.safe_load(text)
        return DataNode(project, "airflow", outputs=[found["outputs"]]) if "outputs" in found else None

    tree = {f"{REPO}/projects/fraud/deploy.yaml": CONFIG, f"{REPO}/projects/docs/deploy.yaml": "title: none"}
    listing = github_connector(
        "p", [REPO], project_path="projects", config_file="deploy.yaml", parser=parser, transport=hub(tree)
    ).discover()
    assert ([(node.name, node.platform) for node in listing], listing.complete) == ([("fraud", "airflow")], True)


def test_files_beside_the_projects_and_projects_without_a_file_are_passed_over() -> None:
    asked: list[httpx.Request] = []
    listing = read({**TREE, f"{REPO}/projects/README.md": "x", f"{REPO}/projects/docs/a.md": "x"}, asked=asked)
    assert (names(listing), listing.complete) == (["churn model", "fraud"], True)
    assert [request.url.path.rpartition("/contents/")[2] for request in asked] == [
        "projects", "projects/churn/deploy.yaml", "projects/docs/deploy.yaml", "projects/fraud/deploy.yaml", "projects",
    ]  # fmt: skip


def test_the_top_of_a_repository_can_hold_the_projects_and_names_may_be_odd() -> None:
    tree = {f"{REPO}/a b?c#d%2F/conf/é.yaml": "inputs: x"}
    listing = read(tree, project_path="/", config_file="conf/é.yaml")
    assert (names(listing), listing.complete) == (["a b?c#d%2F"], True)


def test_a_large_file_is_fetched_as_it_is() -> None:
    asked: list[httpx.Request] = []
    listing = read({f"{REPO}/projects/big/deploy.yaml": CONFIG + "#" * 1_000_001}, asked=asked)
    assert (names(listing), listing.complete) == (["big"], True)
    assert asked[-1].headers["accept"] == "application/vnd.github.raw+json"


@pytest.mark.parametrize("status", [401, 403, 404, 500])
def test_a_refusal_is_no_empty_estate(status: int) -> None:
    refused = httpx.Response(status, json={"message": "Bad credentials"})
    with pytest.raises(
        SourceError, match=rf"^pipelines: {REPO}/projects: https://api.github.com/.* answered {status} \(Bad credentials\)$"
    ):
        read(before=lambda request: refused)


def test_a_rate_limit_is_waited_for_where_there_is_time_and_is_an_error_where_not(waits: list[float]) -> None:
    def limited(seconds: int) -> Respond:
        reset = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(time.time()) + seconds)}
        left = iter([httpx.Response(403, headers=reset, json={"message": "API rate limit exceeded"})])
        return lambda request: next(left, httpx.Response(100))

    assert read(before=limited(60)).complete
    assert 55 < waits[0] <= 61
    with pytest.raises(SourceError, match=r"answered 403 \(API rate limit exceeded\): it would have to wait 3,\d\d\d s"):
        read(before=limited(3600))


def test_a_repository_that_cannot_be_read_does_not_stop_the_others() -> None:
    listing = read(repos=["my-org/gone", REPO, REPO])
    assert (names(listing), listing.complete, listing.coverage["repositories"]) == (["churn model", "fraud"], False, 1)
    assert [(where, "answered 404 (Not Found)" in reason) for where, reason in said(listing)] == [("my-org/gone/projects", True)]


def test_a_file_that_cannot_be_read_is_said_and_the_others_stay() -> None:
    listing = read(before=only_at("/churn/deploy.yaml", httpx.Response(500)))
    assert (names(listing), listing.complete) == (["fraud"], False)
    url = f"https://api.github.com/repos/{REPO}/contents/projects/churn/deploy.yaml"
    assert said(listing) == [(f"{REPO}/projects/churn", f"{REPO}/projects/churn/deploy.yaml: {url} answered 500")]


def test_a_folder_whose_name_no_address_can_hold_is_said_and_the_others_stay() -> None:
    listed = [{"name": name, "type": "dir"} for name in ("half\ud800", "fraud")]
    listing = read(before=only_at("/projects", httpx.Response(200, text=json.dumps(listed))))
    assert (names(listing), listing.complete) == (["fraud"], False)
    assert said(listing)[0][1] == "'half\\ud800' holds half a character (a lone surrogate), which no address can"


def test_a_repository_whose_files_all_fail_is_given_up() -> None:
    tree = {f"{REPO}/projects/p{number}/deploy.yaml": CONFIG for number in range(9)}
    asked: list[httpx.Request] = []
    listing = read(tree, only_at("deploy.yaml", httpx.Response(401)), asked=asked)
    assert (len(listing), len(listing.errors), len(asked)) == (0, 4, 4)
    assert said(listing)[-1] == (f"{REPO}/projects", "3 files in a row could not be read: the rest was not tried")


def test_files_are_missing_only_while_access_lasts() -> None:
    listed = 0

    def lost(request: httpx.Request) -> httpx.Response:
        nonlocal listed
        listed += request.url.path.endswith("/projects")
        return httpx.Response(404, json={"message": "Not Found"}) if listed > 1 or "churn" in request.url.path else httpx.Response(100)

    listing = read(before=lost)
    assert (names(listing), listing.complete) == (["fraud"], False)
    assert [where for where, _ in said(listing)] == [f"{REPO}/projects"]


@pytest.mark.parametrize(("entries", "complete"), [(999, True), (1_000, False)])
def test_a_folder_as_long_as_github_lists_at_most_is_not_proved_complete(entries: int, complete: bool) -> None:
    tree = {**TREE, **{f"{REPO}/projects/{number}.md": "x" for number in range(entries - 2)}}
    listing = read(tree)
    assert (len(listing), listing.complete) == (2, complete)
    assert complete or said(listing) == [(f"{REPO}/projects", "it lists 1,000 entries, the most that GitHub gives: there may be more")]


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        ('{"name": 1' + "1" * 5000 + "}", "not JSON that can be read"),
        ("- a\n- b", "a project is one mapping of names and values"),
        ("a: [", "not YAML"),
        ("[" * 3000, "not JSON that can be read"),
        (b"\xff", "it is not UTF-8: byte 1 is 0xff"),
        ("inputs: {kind: x}", "has no 'identifier'"),
        ("inputs: 1.5", "'inputs' holds '1.5'"),
        ("metadata: x", "the metadata of 'bad' is no mapping"),
        ("name: ' '", "the name is blank"),
        ("name: [x]", "name and platform are texts"),
        ("platform: a/b", "holds a slash"),
        ("name: fraud", f"the name 'fraud' is already that of {REPO}/projects/a"),
    ],
)
def test_a_bad_file_is_said_and_the_others_stay(held: str | bytes, reason: str) -> None:
    tree = {
        f"{REPO}/projects/a/deploy.yaml": "name: fraud",
        f"{REPO}/projects/bad/deploy.yaml": held,
        f"{REPO}/projects/c/deploy.yaml": "{}",
    }
    listing = read(tree)
    assert (names(listing), listing.complete) == (["fraud", "c"], False)
    assert [(where, reason in told) for where, told in said(listing)] == [(f"{REPO}/projects/bad", True)]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ([{"name": "deploy.yaml"}], "it is no file"),
        ({"type": "submodule"}, "it is no file"),
        ({"type": "file", "encoding": "base64", "content": "!"}, "its content is no base64"),
        ({"type": "file", "encoding": "base64", "content": "e30=", "size": 9}, "it has 9 bytes, and 2 came"),
    ],
)
def test_what_is_no_file_is_said(answer: Any, reason: str) -> None:
    listing = read(before=only_at("/churn/deploy.yaml", httpx.Response(200, json=answer)))
    assert (names(listing), said(listing)) == (["fraud"], [(f"{REPO}/projects/churn", reason)])


def test_a_path_that_is_no_folder_is_an_error() -> None:
    with pytest.raises(SourceError, match="it is no folder: name one with project_path"):
        read({f"{REPO}/projects": "a file"})


@pytest.mark.parametrize(
    ("made", "reason"),
    [(KeyError("owner"), "the parser failed: KeyError: 'owner'"), ("x", "the parser returns a DataNode or None, not 'x'")],
)
def test_a_parser_that_fails_is_one_error(made: Any, reason: str) -> None:
    def parser(project: str, text: str) -> Any:
        if project == "churn" and isinstance(made, Exception):
            raise made
        return made if project == "churn" else DataNode(project)

    listing = read(parser=parser)
    assert (names(listing), said(listing)) == (["fraud"], [(f"{REPO}/projects/churn", reason)])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"repos": "my/repo"}, 'repos is a list of repositories: \\["owner/name"\\]'),
        ({"repos": []}, "repos is a list"),
        ({"repos": ["my/repo/../other"]}, "a repository is named owner/name, not 'my/repo/../other'"),
        ({"repos": ["../user"]}, "a repository is named owner/name"),
        ({"project_path": "a/../b"}, "project_path is a path from the top of the repository"),
        ({"project_path": None}, "project_path is a path"),
        ({"config_file": ""}, "config_file is the name of a file"),
        ({"name": "a/b"}, "holds a slash"),
    ],
)
def test_what_does_not_fit_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        connector(**options)


def test_over_a_real_connection_the_token_stays_with_its_host() -> None:
    def answer(asked: Asked) -> Reply:
        path = urlsplit(asked.path).path
        if "/repositories/7/" in path:
            moved = contents(TREE, f"{REPO}/{path.partition('/contents/')[2]}", raw=False)
            return Reply(moved.status_code, moved.content)
        if path.endswith("/churn/deploy.yaml"):
            return Reply(302, headers={"Location": f"http://localhost:{port}/stolen"})
        return Reply(301, headers={"Location": f"/repositories/7/contents/{path.partition('/contents/')[2]}"})

    with serving(answer) as (port, asked):
        made = github_connector("p", [REPO], "projects", token="t0ken", base_url=f"http://127.0.0.1:{port}")
        listing = made.discover()
    assert isinstance(made, SourceConnector)
    assert (names(listing), listing.complete) == (["fraud"], False)
    assert "a host that is not among allowed_hosts" in listing.errors[0].reason
    assert {each.headers["authorization"] for each in asked} == {"Bearer t0ken"}
    assert not [each.path for each in asked if "stolen" in each.path]
    assert "t0ken" not in json.dumps([listing.coverage, said(listing), repr(made), repr(made.http)])


def test_a_second_run_writes_nothing(ledger: Ledger) -> None:
    check_twice(ledger, connector(), 2)
    assert ledger.get("fraud").owner == "risk-team"
