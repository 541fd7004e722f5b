"""The built package, installed where nothing of this checkout can be seen, makes and builds a new site.

No network is needed: the wheel is built with the hatchling of the running environment, and the dependencies are
lent to the new environment by a `.pth` file that names this environment's site-packages. Python reads no `.pth`
files there, so an editable install of this checkout stays out of sight.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.robust.sandbox import HAN, ROOT, Result, no_crash, tree

pytestmark = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("hatchling", "pip")),
    reason="building the wheel needs hatchling and pip in the running environment",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    dist = tmp_path_factory.mktemp("dist")
    words = ["wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(dist), str(ROOT)]
    done = subprocess.run([sys.executable, "-m", "pip", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (file,) = dist.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `build-site` of an environment that holds the wheel."""
    folder = tmp_path_factory.mktemp("venv") / "v"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin/python"
    words = ["--python", str(python), "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    done = subprocess.run([sys.executable, "-m", "pip", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    shown = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    own = Path(subprocess.run(shown, capture_output=True, text=True, check=True).stdout.strip())
    lent = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    (own / "lent.pth").write_text("\n".join(lent) + "\n")
    return folder / "bin/build-site"


def _run(program: Path, *words: str, cwd: Path) -> Result:
    hidden = ("PYTHONPATH", "VIRTUAL_ENV", "SOURCE_DATE_EPOCH")
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run([str(program), *words], cwd=cwd, env=env, capture_output=True, timeout=60, check=False)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_the_wheel_holds_theme_starter_and_schemas_and_no_more(wheel: Path) -> None:
    """The package has what a site needs, and neither tests nor the sample site nor caches."""
    with zipfile.ZipFile(wheel) as package:
        names = package.namelist()
    for wanted in (
        "build_site/themes/default/templates/base.html",
        "build_site/themes/default/static/site.css",
        "build_site/serving/static/preview.js",
        "build_site/themes/default/css/tokens.css",
        "build_site/themes/default/theme.yaml",
        "build_site/themes/plain/theme.yaml",
        "build_site/themes/plain/css/tokens.css",
        "build_site/themes/plain/templates/parts/frame.html",
        "build_site/starter/catalog.yaml",
        "build_site/recipes/common/ci/publish",
        "build_site/recipes/github/.github/workflows/build-site.yml",
        "build_site/recipes/gitlab/.gitlab-ci.yml",
        "build_site/recipes/shell/Jenkinsfile",
        "build_site/schema/catalog.schema.json",
        "build_site/schema/notice.schema.json",
    ):
        assert wanted in names
    for name in names:
        assert name.startswith("build_site/") or ".dist-info/" in name, name
        assert "__pycache__" not in name and not name.endswith((".pyc", ".log")), name
    assert len(names) == len({name.casefold() for name in names})


def test_the_installed_program_is_not_the_checkout(program: Path, tmp_path: Path) -> None:
    """What runs is the installed package, also when started in another folder."""
    python = program.parent / "python"
    words = [str(python), "-c", "import build_site; print(build_site.__file__)"]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()).is_relative_to(program.parent.parent)


def test_a_new_site_is_made_checked_and_built(program: Path, tmp_path: Path) -> None:
    """`init`, `check` and `build` by the installed program end with 0; a second `init` refuses."""
    site = tmp_path / "新 站点"
    made = _run(program, "init", site.name, cwd=tmp_path)
    assert made.code == 0, made.all
    for words in (["check"], ["build"], ["check", "--locked"]):
        result = _run(program, *words, cwd=site)
        no_crash(result)
        assert result.code == 0, result.all
    assert (site / "public/index.html").is_file() and list((site / "public/assets").glob("site-*.css"))
    recipe = _run(program, "ci", "gitlab", cwd=site)
    assert recipe.code == 0 and os.access(site / "ci/check", os.X_OK), recipe.all
    before = tree(tmp_path)
    again = _run(program, "init", site.name, cwd=tmp_path)
    no_crash(again)
    assert again.code == 2 and HAN.search(again.err)
    assert tree(tmp_path) == before


def test_the_installed_program_has_both_themes(program: Path, tmp_path: Path) -> None:
    """They are listed, and a site is built with the second one, and with one of its own on top of it."""
    assert _run(program, "init", "s", cwd=tmp_path).code == 0
    site = tmp_path / "s"
    listed = _run(program, "theme", "list", cwd=site)
    assert listed.code == 0 and listed.out.count("随程序提供") == 2, listed.all
    assert _run(program, "theme", "new", "ours", "--base", "plain", cwd=site).code == 0
    text = (site / "catalog.yaml").read_text("utf-8")
    for name in ("plain", "ours"):
        key = "网站:\n  主题样式" if "\n网站:" in text else "site:\n  theme"
        changed = re.sub(r"^(?:网站|site):$", f"{key}: {name}", text, count=1, flags=re.MULTILINE)
        assert changed != text
        (site / "catalog.yaml").write_text(changed, "utf-8")
        built = _run(program, "build", cwd=site)
        assert built.code == 0, built.all


def test_the_schemas_that_files_name_are_there(program: Path, tmp_path: Path) -> None:
    """Every modeline of a new site leads to a schema file, so that editor programs can complete and check."""
    assert _run(program, "init", "s", cwd=tmp_path).code == 0
    site = tmp_path / "s"
    seen = set()
    for file in [*site.glob("*.yaml"), *site.rglob("*.md")]:
        for name in re.findall(r"yaml-language-server:\s*\$schema=(\S+)", file.read_text("utf-8")):
            assert (file.parent / name).resolve().is_file(), (file, name)
            assert (file.parent / name).resolve().is_relative_to(site), (file, name)
            seen.add(Path(name).name)
    assert seen == {"catalog.schema.json", "notice.schema.json"}
