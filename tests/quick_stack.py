"""A quick stack for the driver, which looks at it once for every statement as long as notifications become warnings.

``inspect.stack`` reads source files for every frame; most of a test run went into that. The frames alone say all that is asked.
"""

import inspect
import sys
from types import FrameType, ModuleType, SimpleNamespace


def stack() -> list[inspect.FrameInfo]:
    """Return the frames of the caller, as ``inspect.stack`` does, without their source."""
    frame: FrameType | None = sys._getframe(1)
    found = []
    while frame is not None:
        found.append(inspect.FrameInfo(frame, frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name, None, None))
        frame = frame.f_back
    return found


def quicken(module: ModuleType) -> None:
    """Let a module of the driver take the quick stack."""
    if hasattr(module, "inspect"):
        module.inspect = SimpleNamespace(stack=stack, FrameInfo=inspect.FrameInfo)  # type: ignore[attr-defined]
