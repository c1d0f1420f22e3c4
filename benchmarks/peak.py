"""Peak: the most memory that this process has held; standard library alone, so that the peer's process can use it too."""

import resource
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak_mb() -> float:
    """Return megabytes. On Linux ``ru_maxrss`` begins with what the parent held when it started this process, so it is not used there."""
    if STATUS.exists():
        for line in STATUS.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
