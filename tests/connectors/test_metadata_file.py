"""YAML and JSON as plain values: honest files of any size are read, texts that stand for too much are refused at once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph_ledger.connectors.files import files_connector
from graph_ledger.connectors.metadata_file import SPARE, load_yaml, plain
from graph_ledger.errors import ValidationError

ITEM = {"name": "m", "platform": "ml", "inputs": ["a", "b"], "outputs": ["c"], "metadata": {"owner": "x", "tier": "high", "n": 1}}


def tower(inside: str, storey: str, storeys: int = 60) -> str:
    """Write a text in which every line stands for nine times the line before."""
    lines = [f"a0: &a0 {inside}"]
    lines += [f"a{number}: &a{number} {storey.replace('*', ', '.join([f'*a{number - 1}'] * 9))}" for number in range(1, storeys)]
    return "\n".join(lines)


def test_a_big_json_file_is_read_whole(tmp_path: Path) -> None:
    items = [{**ITEM, "name": f"m{number}"} for number in range(12_000)]
    (tmp_path / "big.json").write_text(json.dumps(items))
    listing = files_connector(tmp_path / "big.json").discover()
    assert (len(listing), listing.complete, listing[-1].name) == (12_000, True, "m11999")


def test_a_big_yaml_file_without_aliases_is_read_whole() -> None:
    values = 2 * SPARE
    assert len(load_yaml(f"[{'a,' * values}]")) == values
    assert len(load_yaml("- ?\n" * (SPARE // 2))) == SPARE // 2


def test_aliases_may_say_the_same_of_thousands() -> None:
    found = load_yaml("all: &all {owner: x, tier: high}\nmodels:\n" + "".join(f"- {{name: m{n}, <<: *all}}\n" for n in range(5_000)))
    assert found["models"][-1] == {"name": "m4999", "owner": "x", "tier": "high"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(tower("lol", "[*]"), id="lists"),
        pytest.param(tower("{x: 1}", "{<<: [*]}"), id="merges"),
        pytest.param(f"- &a {'x' * 100_000}\n" + "- *a\n" * 50_000, id="long texts"),
        pytest.param("&a [*a, *a]", id="itself"),
        pytest.param("&a {b: {<<: [*a, *a]}}", id="itself merged"),
    ],
)
def test_an_alias_bomb_is_refused_before_it_is_built(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yaml.load", lambda *_, **__: pytest.fail("built"))
    with pytest.raises(ValidationError, match="its aliases stand for more than"):
        load_yaml(text)


@pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
def test_a_text_nested_without_end_is_refused_and_ends_no_process(opening: str) -> None:
    with pytest.raises(ValidationError, match="nested more than 100 deep"):
        load_yaml(opening * 300_000)


@pytest.mark.parametrize("number", [f"1{':1' * 200_000}", f"0x{'f' * 5_000}", "9" * 5_000, f"!!int '1{':1' * 200_000}'"])
def test_a_number_of_very_many_digits_is_refused_before_it_is_worked_out(number: str) -> None:
    with pytest.raises(ValidationError, match="digits; 1,000 are the most"):
        load_yaml(f"- name: a\n  x: {number}\n")
    assert load_yaml(f"a: 0x{'f' * 900}\nb: '{'9' * 5_000}'\nc: {'x' * 5_000}")


def test_a_set_has_one_order_and_an_object_no_place() -> None:
    script = "from graph_ledger.connectors.metadata_file import load_yaml; print(load_yaml('!!set {p, q, r, s, t}'))"
    said = {
        subprocess.run([sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True).stdout
        for seed in "123"
    }
    assert said == {b"['p', 'q', 'r', 's', 't']\n"}
    assert plain([memoryview(b"x"), object(), {3, 1, 2}]) == ["b'x'", "<object object>", [1, 2, 3]]


def test_a_hundred_levels_are_not_too_deep_and_one_more_is() -> None:
    for read in (load_yaml, lambda text: plain(json.loads(text))):
        assert read("[" * 100 + "]" * 100)
        with pytest.raises(ValidationError, match="nested more than 100 deep"):
            read("[" * 101 + "]" * 101)
