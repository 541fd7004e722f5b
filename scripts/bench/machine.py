"""The machine on which the figures were taken, and the versions of what was run.

Owns reading them from the system (Linux). Must not know what was measured.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from scripts.bench.generator import Generator, Tools


def machine() -> dict[str, str]:
    """Return cores, memory, processor and system in words."""
    processor = re.search(r"model name\s*:\s*(.+)", _text("/proc/cpuinfo"))
    memory = re.search(r"MemTotal:\s*(\d+)", _text("/proc/meminfo"))
    system = re.search(r'PRETTY_NAME="(.+)"', _text("/etc/os-release"))
    return {
        "Cores": str(len(os.sched_getaffinity(0))),
        "Memory": f"{int(memory[1]) / 1024 / 1024:.0f} GiB" if memory else "unknown",
        "Processor": processor[1] if processor else platform.machine(),
        "System": f"{system[1] if system else platform.system()}, Linux {platform.release()}",
        "Python": platform.python_version(),
    }


def versions(generators: tuple[Generator, ...], tools: Tools) -> Mapping[str, str]:
    """Return what each generator says of its version, by its title."""
    found = {}
    for generator in generators:
        done = subprocess.run(
            generator.version(tools),
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **generator.environment},
        )
        number = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
        found[generator.title] = number[0] if number else "unknown"
    return found


def _text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8", "replace")
    except OSError:
        return ""
