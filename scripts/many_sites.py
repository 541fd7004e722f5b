"""Writes a city platform to try `build-site build-all` on: many bureaus with generated notices, a shared theme, and their list.

Run: python -m scripts.many_sites OUT --sites 60 --notices 2000
Then: python -m build_site build-all OUT/SITES.yaml --as-of 2026-11-09

OUT gets a folder for each bureau (`ju01` …), `themes/city` with a mark of its own, and SITES.yaml. It must be absent or empty.
Every bureau has other notices than the next: the number of the bureau is the seed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scripts.bench.corpus import corpus
from scripts.bench.generator import lay_out, write
from scripts.bench.generators.own import GENERATOR, catalogue

THEME = "city"
_LAYER = """\
{% extends "default/document.html" %}
{% block before_body %}<p data-shell>本页由全市统一平台发布</p>
{% endblock %}
"""


def platform(out: Path, sites: int, notices: int) -> Path:
    """Write the platform and return its list. Raises FileExistsError when something is there already."""
    if out.exists() and any(out.iterdir()):
        raise FileExistsError(f"{out} is not empty")
    names = [f"ju{number:02}" for number in range(1, sites + 1)]
    for number, name in enumerate(names, 1):
        root = out / name
        lay_out(GENERATOR, corpus(notices, seed=number), root)
        (root / GENERATOR.template).unlink()
        text = catalogue(f"某市第{number}局政务公开示范站", f"{name}.example.gov.cn")
        write(root / "catalog.yaml", text.replace("site:\n", f"site:\n  theme: {THEME}\n", 1))
    write(out / "themes" / THEME / "theme.yaml", "title: 全市统一样式\nbase: default\n")
    write(out / "themes" / THEME / "templates/document.html", _LAYER)
    listed = "".join(f"  - {{站点文件夹: {name}, 名称: 某市第{number}局}}\n" for number, name in enumerate(names, 1))
    write(out / "SITES.yaml", f"默认:\n  输出文件夹: www\n  主题文件夹: themes\n  缓存文件夹: cache\n站点:\n{listed}")
    return out / "SITES.yaml"


def main() -> int:
    """Write the platform that the command line asks for; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.many_sites")
    parser.add_argument("out", type=Path)
    parser.add_argument("--sites", type=int, default=60)
    parser.add_argument("--notices", type=int, default=2000)
    wanted = parser.parse_args()
    try:
        print(platform(wanted.out, wanted.sites, wanted.notices))
    except FileExistsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
