"""Prompts: short instructions for the questions that are asked most, each naming the tools to use."""

from collections.abc import Mapping
from dataclasses import dataclass

from mcp.shared.exceptions import MCPError
from mcp_types import INVALID_PARAMS, GetPromptResult, Prompt, PromptArgument, PromptMessage, TextContent

MODEL = PromptArgument(name="model", description="The model: its key platform/name, or a bare name that one model has.", required=True)
AS_OF = PromptArgument(name="as_of", description="As it was at this date, such as 2026-06-30: its end. Left out: now.", required=False)
SINCE = PromptArgument(name="since", description="From this date on, its beginning. Left out: the last seven days.", required=False)


@dataclass(frozen=True)
class Told:
    """One prompt."""

    description: str
    arguments: tuple[PromptArgument, ...]
    text: str
    """The instruction; a name in braces is an argument."""


WHAT_BREAKS = """\
What breaks if {model} changes or goes{as_of}?
Call impact(model={model!r}{as_of_argument}). Say which models depend on it directly (depth 1) and which further on, name tier and
owner of each that matters, and list `notify`. If `complete` is false, say so, and go on from the keys in `frontier`. For the way to
one of them call path(start={model!r}, end=...). Conclude nothing that the answers do not say."""
WHO_MUST_KNOW = """\
Who has to know before {model} changes?
Call impact(model={model!r}) for the owners downstream (`notify`), and investigate(model_name={model!r}) for its own owner, its
groups and its open findings. For each group call members(composite=...). Answer with a list of owners, and for each what of theirs
is affected. If `complete` is false, say so."""
WHAT_CHANGED = """\
What changed{since}, and is any of it risky?
Call changelog({since_argument}), page by page with cursor=next_cursor while has_more is true. For every model that was retrained,
deployed or changed call investigate(model_name=...): its tier, and whether it was validated since (`validations[].since_last_change`);
and trace(name=..., direction="downstream") for what depends on it. Put first what is high, changed, and not validated since."""
PROMPTS: Mapping[str, Told] = {
    "what-breaks-if": Told("What breaks if this model changes or goes?", (MODEL, AS_OF), WHAT_BREAKS),
    "who-must-know": Told("Who has to be told before this model changes?", (MODEL,), WHO_MUST_KNOW),
    "what-changed": Told("What changed, and is any of it risky?", (SINCE,), WHAT_CHANGED),
}


def listed() -> list[Prompt]:
    """Describe the prompts."""
    return [
        Prompt(name=name, title=each.description, description=each.description, arguments=[*each.arguments])
        for name, each in PROMPTS.items()
    ]


def filled(name: str, given: Mapping[str, str]) -> GetPromptResult:
    """Fill a prompt in.

    Raises:
        MCPError: There is none of that name, or an argument is missing or one too many.
    """
    found = PROMPTS.get(name)
    if found is None:
        raise MCPError(INVALID_PARAMS, f"no prompt {name!r}: there are {', '.join(PROMPTS)}")
    known = {argument.name for argument in found.arguments}
    if strangers := sorted(given.keys() - known):
        raise MCPError(INVALID_PARAMS, f"{name} takes no {strangers[0]!r}: it takes {', '.join(sorted(known))}")
    if missing := [argument.name for argument in found.arguments if argument.required and not given.get(argument.name, "").strip()]:
        raise MCPError(INVALID_PARAMS, f"{name} needs {missing[0]}")
    text = found.text.format(**_spoken(given))
    return GetPromptResult(
        description=found.description, messages=[PromptMessage(role="user", content=TextContent(type="text", text=text))]
    )


def _spoken(given: Mapping[str, str]) -> dict[str, str]:
    as_of, since = given.get("as_of", "").strip(), given.get("since", "").strip()
    return {
        "model": given.get("model", "").strip(),
        "as_of": f", as of {as_of}" if as_of else "",
        "as_of_argument": f", as_of={as_of!r}" if as_of else "",
        "since": f" since {since}" if since else " in the last seven days",
        "since_argument": f"since={since!r}" if since else "",
    }
