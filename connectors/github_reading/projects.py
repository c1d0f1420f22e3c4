"""The projects of one repository: sub-directories with a configuration file in each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from graph_ledger.connectors.github_reading.contents import MOST_ENTRIES, Contents
from graph_ledger.connectors.github_reading.project_file import project_node
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.node import DataNode, check_name, check_platform

Parser = Callable[[str, str], DataNode | None]
Failing = Callable[[str, object], None]
GIVE_UP = 3
"""So many files in a row that cannot be read, and the rest of the repository is not tried."""


@dataclass(frozen=True)
class Layout:
    """Where projects are in a repository, and how their file is read."""

    project_path: str
    config_file: str
    parser: Parser | None
    platform: str

    def file(self, project: str) -> str:
        """Return the path of the file of a project."""
        return _joined(self.project_path, project, self.config_file)

    def node(self, repository: str, project: str, text: str) -> DataNode | None:
        """Return the node of a project, where it is one.

        Raises:
            ValidationError: The file, or what a parser makes of it, is no node.
        """
        if self.parser is None:
            return _checked(project_node(project, text, self.platform, {"repository": repository, "path": self.file(project)}))
        try:
            node: Any = self.parser(project, text)
        except Exception as error:
            raise ValidationError(f"the parser failed: {type(error).__name__}: {error}") from error
        if node is not None and not isinstance(node, DataNode):
            raise ValidationError(f"the parser returns a DataNode or None, not {str(node)[:40]!r}")
        return None if node is None else _checked(node)


class Projects:
    """Reads one repository; ``fail`` is told what cannot be read, and where."""

    def __init__(self, contents: Contents, layout: Layout, fail: Failing) -> None:
        self._contents, self._layout, self._fail = contents, layout, fail
        self.folders: int | None = None
        """How many sub-directories there are; None while they could not be listed."""

    def nodes(self) -> Iterator[tuple[str, DataNode]]:
        """Yield the node of every project, with its place."""
        missing, failed = False, 0
        for project in self._listed():
            where = self._place(project)
            try:
                text = self._contents.text(self._layout.file(project))
                node = None if text is None else self._layout.node(self._contents.repository, project, text)
            except ValidationError as error:
                self._fail(where, error)
                continue
            except SourceError as error:
                self._fail(where, error)
                failed += 1
                if failed == GIVE_UP:
                    self._fail(self._place(), f"{GIVE_UP} files in a row could not be read: the rest was not tried")
                    return
                continue
            missing, failed = missing or text is None, 0
            if node is not None:
                yield where, node
        if missing:
            self._confirm()

    def _listed(self) -> list[str]:
        try:
            entries = self._contents.folder(self._layout.project_path)
        except SourceError as error:
            self._fail(self._place(), error)
            return []
        if len(entries) >= MOST_ENTRIES:
            self._fail(self._place(), f"it lists {len(entries):,} entries, the most that GitHub gives: there may be more")
        projects = [entry["name"] for entry in entries if entry.get("type") == "dir"]
        self.folders = len(projects)
        return projects

    def _confirm(self) -> None:
        """Believe that files are missing only while the folder can be listed: GitHub says 404 too when access is lost."""
        try:
            self._contents.folder(self._layout.project_path)
        except SourceError as error:
            self._fail(self._place(), error)

    def _place(self, project: str = "") -> str:
        return _joined(self._contents.repository, self._layout.project_path, project)


def _joined(*parts: str) -> str:
    return "/".join(part for part in parts if part)


def _checked(node: DataNode) -> DataNode:
    check_name(node.name)
    check_platform(node.platform)
    return node
