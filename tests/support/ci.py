"""A bureau's repository with an origin, as CI servers check it out, and the steps of their files run by hand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from build_site.cli.main import cli
from tests.robust.sandbox import ROOT
from tests.support.repository import git

DAY = "1795190400"  # 2026-11-21 in Shanghai: the build's day


def program(folder: Path) -> Path:
    """Make a folder for PATH with a `build-site` that is the one of this checkout."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "build-site"
    file.write_text(f'#!/bin/sh\nexport PYTHONPATH={ROOT}\nexec {sys.executable} -m build_site "$@"\n', "utf-8")
    file.chmod(0o755)
    return folder


def bureau(folder: Path, kind: str) -> Path:
    """Make a site with the files for a CI server, built once and pushed to `folder/origin.git`; return the editors' clone."""
    work = folder / "work"
    runner = CliRunner()
    for words in (["init", str(work)], ["ci", kind, "--site", str(work)]):
        done = runner.invoke(cli, words)
        assert done.exit_code == 0, done.stderr
    origin = folder / "origin.git"
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(origin))
    git(work, "init", "--quiet", "--initial-branch=main")
    git(work, "add", "-A")
    git(work, "commit", "--quiet", "-m", "First state")
    git(work, "remote", "add", "origin", str(origin))
    git(work, "push", "--quiet", "origin", "main")
    return work


def checkout(folder: Path, branch: str, name: str = "runner") -> Path:
    """Check out a branch of the origin as a CI server does: whole history, detached head."""
    git(folder, "clone", "--quiet", str(folder / "origin.git"), name)
    git(folder / name, "checkout", "--quiet", "--detach", f"origin/{branch}")
    return folder / name


def commit_all(work: Path, branch: str, message: str = "Edit") -> None:
    """Commit everything in an editors' clone and push it as `branch`."""
    git(work, "add", "-A")
    git(work, "commit", "--quiet", "-m", message)
    git(work, "push", "--quiet", "origin", f"HEAD:{branch}")


def shell(at: Path, line: str, path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one line of a CI file in the checkout `at`, with nothing of this machine's settings in sight."""
    environment = {
        "PATH": f"{path}:{os.environ['PATH']}",
        "HOME": str(path),
        "SOURCE_DATE_EPOCH": DAY,
        "LANG": "C.UTF-8",
        **variables,
    }
    return subprocess.run(
        ["sh", "-e", "-c", line], cwd=at, env=environment, capture_output=True, text=True, check=False
    )


def jobs(file: Path) -> dict[str, Any]:
    """Return the jobs of a CI file by name: GitHub's `jobs`, every part of GitLab's that has a script, the stages of Jenkins."""
    if file.name == "Jenkinsfile":
        stages = re.split(r"stage\('(.+?)'\)", file.read_text("utf-8"))
        return {
            name: {"script": re.findall(r"\bsh '(.+?)'(?= \}|\n)", part)}
            for name, part in zip(stages[1::2], stages[2::2], strict=True)
        }
    text: dict[Any, Any] = yaml.safe_load(file.read_text("utf-8"))
    return dict(text["jobs"]) if "jobs" in text else {name: part for name, part in text.items() if "script" in part}


def steps(job: Mapping[str, Any], known: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the command lines of a job with the variables that its file sets; `known` are the server's own expressions."""

    def told(written: Mapping[str, str]) -> dict[str, str]:
        found = {}
        for name, value in written.items():
            for expression, stands_for in known.items():
                value = value.replace(expression, stands_for)
            assert "$" not in value, f"{name}: {value} is not known"
            found[name] = value
        return found

    own = told(job.get("env", job.get("variables", {})))
    for step in job.get("steps", job.get("script", [])):
        if isinstance(step, str):
            yield step, own
        elif "run" in step:
            yield step["run"], {**own, **told(step.get("env", {}))}
