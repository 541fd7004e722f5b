"""The files for CI servers: they are valid, and what they run does what it says, in a repository with an origin."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from build_site.cli.main import cli
from tests.support import web_servers
from tests.support.ci import bureau, checkout, commit_all, jobs, program, shell, steps
from tests.support.repository import git
from tests.support.sites import write

_SHANGHAI = timezone(timedelta(hours=8))
WORKFLOW, PIPELINE = ".github/workflows/build-site.yml", ".gitlab-ci.yml"
GOOD = "---\n标题: 关于按期答复申请的通知\n索引号: 000000000/2026-00009\n发布日期: 2026-11-20\n摘要: 按期答复申请。\n责任处室: 办公室\n---\n\n各处室要按期答复依申请公开件，办理情况填入登记表，每季度末报办公室汇总，由办公室统一公布。\n"
LATER = GOOD.replace("2026-00009", "2026-00010").replace("2026-11-20", "2026-11-25").replace("申请的", "来信的")


def _files(kind: str, folder: Path) -> Path:
    root = write(folder)
    done = CliRunner().invoke(cli, ["ci", kind, "--site", str(root)])
    assert done.exit_code == 0, done.stderr
    return root


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return program(tmp_path_factory.mktemp("bin"))


@pytest.mark.skipif(importlib.util.find_spec("check_jsonschema") is None, reason="check-jsonschema is not installed")
@pytest.mark.parametrize(
    ("kind", "file", "schema"),
    [("github", WORKFLOW, "vendor.github-workflows"), ("gitlab", PIPELINE, "vendor.gitlab-ci")],
)
def test_the_files_are_valid(kind: str, file: str, schema: str, tmp_path: Path) -> None:
    """By the schemas that the servers' makers publish; a spoiled file is told from a good one."""
    root = _files(kind, tmp_path)

    def judged(at: Path) -> int:
        words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(at)]
        return subprocess.run(words, capture_output=True, check=False).returncode

    assert judged(root / file) == 0
    spoiled = tmp_path / "spoiled.yml"
    spoiled.write_text((root / file).read_text("utf-8").replace("permissions:", "permisions:").replace("when: always", "when: ever"), "utf-8")  # fmt: skip
    assert judged(spoiled) == 1


@pytest.mark.parametrize(("kind", "file"), [("github", WORKFLOW), ("gitlab", PIPELINE), ("shell", "Jenkinsfile"), ("shell", "ci/crontab")])  # fmt: skip
def test_every_script_that_a_file_names_is_there(kind: str, file: str, tmp_path: Path) -> None:
    root = _files(kind, tmp_path)
    named = set(re.findall(r"\bci/[a-z]+\b", (root / file).read_text("utf-8"))) - {"ci/crontab"}
    assert len(named) > 1
    for script in named:
        assert os.access(root / script, os.X_OK), script


@pytest.mark.parametrize("kind", ["github", "gitlab", "shell"])
def test_every_shell_reads_the_scripts(kind: str, tmp_path: Path) -> None:
    root = _files(kind, tmp_path)
    scripts = [file for file in (root / "ci").iterdir() if file.read_bytes().startswith(b"#!/bin/sh\n")]
    assert len(scripts) > 5
    for script in (*scripts, root / "ci/settings"):
        for name in ("sh", "dash", "bash"):
            if shutil.which(name):
                assert subprocess.run([name, "-n", str(script)], check=False).returncode == 0, f"{name} {script}"


def test_the_times_are_those_of_shanghai(tmp_path: Path) -> None:
    """GitHub's clock is UTC: five past midnight in Shanghai, and half past three on Sunday."""
    workflow = yaml.safe_load((_files("github", tmp_path) / WORKFLOW).read_text("utf-8"))
    crons = [entry["cron"] for entry in workflow[True]["schedule"]]  # YAML reads `on` as true
    found = []
    for cron in crons:
        minute, hour, _, _, weekday = cron.split()
        day = 22 if weekday == "*" else 22 + int(weekday)  # 2026-11-22 is a Sunday
        found.append(datetime(2026, 11, day, int(hour), int(minute), tzinfo=UTC).astimezone(_SHANGHAI))
    assert [f"{moment:%H:%M}" for moment in found] == ["00:05", "03:30"]
    assert found[1].isoweekday() == 7
    conditions = [job["if"] for job in workflow["jobs"].values()]
    for cron in crons:
        assert sum(f"'{cron}'" in condition for condition in conditions) == 1, cron


def test_a_file_that_was_changed_is_left_alone(tmp_path: Path) -> None:
    root = _files("gitlab", tmp_path)
    again = CliRunner().invoke(cli, ["ci", "gitlab", "--site", str(root)])
    assert again.exit_code == 0
    own = (root / "ci/settings").read_text("utf-8").replace("TARGET:=", "TARGET:=server")
    (root / "ci/settings").write_text(own, "utf-8")
    (root / "ci/check").unlink()
    done = CliRunner().invoke(cli, ["ci", "gitlab", "--site", str(root)])
    assert done.exit_code == 2 and "ci/settings" in done.stderr
    assert (root / "ci/settings").read_text("utf-8") == own and not (root / "ci/check").exists()
    nowhere = CliRunner().invoke(cli, ["ci", "gitlab", "--site", str(tmp_path / "none")])
    assert nowhere.exit_code == 2 and "catalog.yaml" in nowhere.stderr


def test_a_site_below_the_repository(tmp_path: Path, path: Path) -> None:
    """The files stand where the repository begins and know where the site is."""
    git(tmp_path, "init", "--quiet")
    root = write(tmp_path / "sites/某局")
    assert CliRunner().invoke(cli, ["ci", "github", "--site", str(root)]).exit_code == 0
    assert (tmp_path / WORKFLOW).is_file() and not (root / "ci").exists()
    told = shell(tmp_path, '. ci/settings; echo "$SITE"', path)
    assert told.stdout == "sites/某局\n"


_KNOWN: Mapping[str, Mapping[str, str]] = {
    "github": {
        "${{ github.base_ref }}": "main",
        "${{ github.ref_name }}": "main",
        "${{ vars.TARGET }}": "",
        "${{ vars.LIVE }}": "",
        "${{ vars.WAIT }}": "",
        "${{ vars.SM2_ID }}": "",
        "${{ vars.ED25519_ID }}": "",
        "${{ secrets.SM2_KEY }}": "",
        "${{ secrets.ED25519_KEY }}": "",
    },
    "gitlab": {"$CI_PROJECT_URL.git": "origin"},
    "shell": {},
}
_FILES = {"github": WORKFLOW, "gitlab": PIPELINE, "shell": "Jenkinsfile"}
_JOBS = {
    "github": (("check",), "publish"),
    "gitlab": (("检查", "预览"), "发布"),
    "shell": (("安装", "检查和预览"), "发布"),
}


def _variables(kind: str, at: Path) -> dict[str, str]:
    if kind == "github":
        return {"GITHUB_ACTIONS": "true"}
    if kind == "shell":
        return {"CHANGE_TARGET": "main", "BRANCH_NAME": "main"}
    base = subprocess.run(
        ["git", "merge-base", "origin/main", "HEAD"], cwd=at, capture_output=True, text=True, check=True
    )
    return {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base.stdout.strip(), "CI_COMMIT_BRANCH": "main"}


@pytest.mark.parametrize("kind", ["github", "gitlab", "shell"])
def test_a_merge_request_and_its_merge(kind: str, tmp_path: Path, path: Path) -> None:
    """The lines of the files themselves, run in a checkout: a fault is shown where it stands, a good branch has a preview,
    its merge is built, and the new address is recorded in the repository.
    """
    work = bureau(tmp_path, kind)
    checks, publish = _JOBS[kind]

    def run(names: tuple[str, ...], at: Path) -> list[subprocess.CompletedProcess[str]]:
        done = []
        for name in names:
            for line, variables in steps(jobs(at / _FILES[kind])[name], _KNOWN[kind]):
                done.append(shell(at, line, path, **variables, **_variables(kind, at)))
                if done[-1].returncode:
                    return done
        return done

    git(work, "checkout", "--quiet", "-b", "bad")
    (work / "content/zd/2026-00009.md").write_text(GOOD.replace("登记表", "[登记表](djb.xlsx)"), "utf-8")
    commit_all(work, "bad")
    at = checkout(tmp_path, "bad", "bad")
    *_, last = run(checks, at)
    assert last.returncode == 1
    if kind == "github":
        assert "::error file=content/zd/2026-00009.md,line=9" in last.stdout
    report = json.loads((at / "reports/gl-code-quality-report.json").read_text("utf-8"))
    assert [(item["check_name"][:6], item["location"]["path"]) for item in report if item["severity"] != "minor"] == [("LNK102", "content/zd/2026-00009.md")]  # fmt: skip
    assert not (at / "preview").exists()

    (work / "content/zd/2026-00009.md").write_text(GOOD, "utf-8")
    commit_all(work, "good")
    at = checkout(tmp_path, "good", "good")
    before = (at / "urls.lock").read_bytes() if (at / "urls.lock").exists() else None
    done = run(checks, at)
    assert [one.returncode for one in done] == [0] * len(done), done[-1].stderr
    assert (at / "preview/wj/2026/00009.html").is_file()
    assert ((at / "urls.lock").read_bytes() if (at / "urls.lock").exists() else None) == before

    git(work, "push", "--quiet", "origin", "HEAD:main")
    at = checkout(tmp_path, "main", "main")
    done = run((publish,), at)
    assert [one.returncode for one in done] == [0] * len(done), done[-1].stdout + done[-1].stderr
    recorded = subprocess.run(["git", "show", "main:urls.lock"], cwd=tmp_path / "origin.git", capture_output=True, text=True, check=True).stdout  # fmt: skip
    assert "wj/2026/00009.html\n" in recorded
    told = subprocess.run(["git", "log", "-1", "--format=%s|%an", "main"], cwd=tmp_path / "origin.git", capture_output=True, text=True, check=True).stdout  # fmt: skip
    assert "[skip ci]" in told and told.strip().endswith("|build-site")


def test_what_two_runs_record_is_joined(tmp_path: Path, path: Path) -> None:
    """Somebody pushed while a run was on its way: nothing of either is lost. A second run has nothing to record."""
    work = bureau(tmp_path, "shell")
    (work / "content/zd/2026-00010.md").write_text(LATER, "utf-8")
    commit_all(work, "main")
    first = checkout(tmp_path, "main", "first")
    assert shell(first, "ci/publish main", path).returncode == 0
    slow, quick = checkout(tmp_path, "main", "slow"), checkout(tmp_path, "main", "quick")
    same = shell(quick, "ci/record main urls.lock", path)
    assert same.returncode == 0 and "没有变化" in same.stdout
    git(work, "pull", "--quiet", "--rebase", "origin", "main")
    (work / "content/zd/2026-00009.md").write_text(GOOD, "utf-8")
    commit_all(work, "main")
    quick = checkout(tmp_path, "main", "quick2")
    assert shell(quick, "ci/publish main", path).returncode == 0
    # five days later, the one who had checked out before: a document has come due, nobody has edited anything
    late = shell(slow, "ci/publish main", path, SOURCE_DATE_EPOCH="1795622400")
    assert late.returncode == 0, late.stdout + late.stderr
    recorded = subprocess.run(["git", "show", "main:urls.lock"], cwd=tmp_path / "origin.git", capture_output=True, text=True, check=True).stdout  # fmt: skip
    assert "wj/2026/00009.html\n" in recorded and "wj/2026/00010.html\n" in recorded


def test_addresses_that_cannot_be_recorded_are_not_published(tmp_path: Path, path: Path) -> None:
    work = bureau(tmp_path, "shell")
    hook = tmp_path / "origin.git/hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    done = shell(work, "TARGET=nowhere ci/publish main", path)
    assert done.returncode == 1 and "urls.lock 没有推送成功" in done.stderr


def test_from_a_merge_to_the_public(tmp_path: Path, path: Path) -> None:
    """The whole way, with the real nginx: built, recorded, signed by both keys, published, its receipt recorded, and verified as the public gets it.
    A page that was tampered with on the server fails the next night; without a key nothing is published.
    """
    if not web_servers.NGINX:
        pytest.skip("nginx is not installed")
    work, www = bureau(tmp_path, "shell"), tmp_path / "www"
    variables = {"TARGET": str(www)}
    told = ""
    for algorithm in ("sm2", "ed25519"):
        private = tmp_path / f"{algorithm}.pem"
        made = CliRunner().invoke(cli, ["keygen", "--site", str(work), "--id", algorithm, "--algorithm", algorithm, "--key-file", str(private)])  # fmt: skip
        assert made.exit_code == 0, made.stderr
        told += made.stdout if not told else made.stdout.partition("\n")[2]
        name = algorithm.upper()
        variables |= {f"{name}_ID": algorithm, f"{name}_KEY": private.read_text("ascii")}
    catalogue = work / "catalog.yaml"
    catalogue.write_text(
        f"{catalogue.read_text('utf-8')}\n{re.sub('启用日期: .*', '启用日期: 2026-01-01', told)}", "utf-8"
    )
    (work / "content/zd/2026-00009.md").write_text(GOOD, "utf-8")
    commit_all(work, "main")
    at = checkout(tmp_path, "main")
    done = shell(at, "ci/publish main", path, **{**variables, "SM2_KEY": ""})
    assert done.returncode != 0 and not www.exists()
    assert "PRIVATE" not in done.stdout + done.stderr
    done = shell(at, "ci/publish main", path, **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (www / "wj/2026/00009.html").is_file()
    recorded = subprocess.run(["git", "ls-tree", "-r", "--name-only", "main"], cwd=tmp_path / "origin.git", capture_output=True, text=True, check=True).stdout.splitlines()  # fmt: skip
    assert "urls.lock" in recorded and any(name.startswith("receipts/") and name.endswith(".json") for name in recorded)
    served = tmp_path / "nginx"
    served.mkdir()
    snippet = CliRunner().invoke(cli, ["server-config", "nginx", "--site", str(at), "--root", str(www)])
    with web_servers.nginx_serving(served, snippet.stdout) as port:
        variables["LIVE"] = f"http://127.0.0.1:{port}/zfxxgk/"
        night = shell(at, "ci/publish main", path, **variables)
        assert night.returncode == 0, night.stdout + night.stderr
        page = www / "wj/2026/00009.html"
        page.write_text(page.read_text("utf-8").replace("按期答复", "不予答复"), "utf-8")
        tampered = shell(at, 'build-site verify "$LIVE" --pause 0', path, **variables)
        assert tampered.returncode == 1 and "wj/2026/00009.html" in tampered.stdout + tampered.stderr


def test_the_preview_package_opens_from_a_disk(tmp_path: Path, path: Path) -> None:
    work = bureau(tmp_path, "shell")
    assert shell(work, "ci/preview preview.zip", path).returncode == 0
    with zipfile.ZipFile(work / "preview.zip") as packed:
        names = packed.namelist()
        page = packed.read("index.html").decode()
    assert "index.html" in names and "wj/2026/00001.html" in names
    assert 'href="wj/2026/00001.html"' in page or 'href="zd/index.html"' in page  # relative: no server is needed


def test_the_night_without_a_ci_server(tmp_path: Path, path: Path) -> None:
    """`ci/nightly` fetches, publishes and records; a second one beside it does nothing."""
    work = bureau(tmp_path, "shell")
    git(tmp_path, "clone", "--quiet", str(tmp_path / "origin.git"), "night")
    (work / "content/zd/2026-00009.md").write_text(GOOD, "utf-8")
    commit_all(work, "main")
    night = tmp_path / "night"
    (night / ".cache").mkdir()
    beside = shell(night, "flock .cache/nightly.lock ci/nightly main", path)
    assert beside.returncode == 1 and not (night / "public").exists()
    done = shell(night, "ci/nightly main", path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (night / "public/wj/2026/00009.html").is_file()


def test_the_links_of_a_week(tmp_path: Path, path: Path) -> None:
    """The crawl runs to its end and leaves a report; addresses outside are not reached here, and are told, not hidden."""
    work = bureau(tmp_path, "shell")
    done = shell(work, "ci/links", path, http_proxy="http://127.0.0.1:9", https_proxy="http://127.0.0.1:9")
    assert done.returncode in (0, 1), done.stderr
    assert "外部链接" in done.stderr and (work / "reports/links.html").is_file()


def test_install_takes_what_is_there_and_else_its_own(tmp_path: Path, path: Path) -> None:
    """Without a build-site on PATH the package named in the settings is installed, into a folder of the checkout."""
    work = bureau(tmp_path, "shell")
    assert shell(work, "ci/install", path).stdout.startswith("build-site ")
    assert not (work / ".cache/ci").exists()
    package = tmp_path / "package"
    package.mkdir()
    (package / "pyproject.toml").write_text(
        '[project]\nname = "build-site"\nversion = "9"\n[project.scripts]\nbuild-site = "stand_in:run"\n'
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[tool.hatch.build.targets.wheel]\ninclude = ["stand_in.py"]\n',
        "utf-8",
    )
    (package / "stand_in.py").write_text('def run():\n    print("build-site 9")\n', "utf-8")
    made = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")],
        cwd=package, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    bare = tmp_path / "bare"
    bare.mkdir()
    for name in ("sh", "dirname", "mkdir"):
        (bare / name).symlink_to(str(shutil.which(name)))
    (bare / "python3").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', "utf-8")
    (bare / "python3").chmod(0o755)
    done = shell(work, "ci/install", bare, PATH=str(bare), PACKAGE=str(wheel), PIP_NO_INDEX="1")
    assert (done.returncode, done.stdout) == (0, "build-site 9\n"), done.stderr
    assert (work / ".cache/ci/bin/build-site").is_file()
