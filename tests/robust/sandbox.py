"""A small valid site to spoil, the real command in a subprocess, and what every answer must keep to."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
AS_OF = "2026-11-20"
CATALOGUE = """\
site:
  name: 某市退役军人事务局
  domain: tyjrj.example.gov.cn
  site_code: "0000000000"
  host: 某市退役军人事务局
agency:
  department: 某市退役军人事务局办公室
  address: 某市某区某路 1 号
  postcode: "000000"
  hours: 工作日 9:00—11:30，13:30—17:00
  phone: 021-00000000
  checked: 2026-11-02
inapplicable:
  - {article20: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], reason: 示例站点没有这些信息}
checks:
  severities:  # a small site has no summaries, and nothing to apply with
    - {rule: CAT110, severity: off}
    - {rule: STR104, severity: off}
columns:
  - {key: zn, title: 政府信息公开指南}
  - {key: zd, title: 政府信息公开制度}
  - {key: fdzdgknr, title: 法定主动公开内容}
  - {key: nb, title: 政府信息公开工作年度报告}
  - {key: sljg, title: 政府信息公开受理机构, kind: 受理机构}
  - {key: ysqgk, title: 依申请公开}
"""
TEXT = "各处室：现将示例制度印发给你们，请认真贯彻执行，执行中遇到的问题，请及时报告办公室，由办公室统一答复。"
_TOLD = {
    "zn": "信息的分类、编排体系和获取方式如下，自形成之日起20个工作日内公开，传真和电子邮箱见受理机构，可以投诉，也可以申请行政复议或者提起行政诉讼。",
    "ysqgk": "申请写明姓名、身份证明、联系方式，信息的名称、文号或者其他特征，希望得到的形式。",
}
"""What inspectors look for in a guide and on a page for requests."""
_INTRO = "本栏目集中公开示例信息，内容由办公室按照公开条例的规定整理和核对，发现差错请及时告诉我们。"


def notice(
    number: int, title: str = "关于印发示例制度的通知", body: str = TEXT, more: str = "", day: str = "2020-11-17"
) -> str:
    """Return the text of a valid notice, whose page is `page_of(number)`."""
    return f"---\n标题: {title}\n索引号: 000000000/2020-{number:05d}\n发布日期: {day}\n{more}---\n\n{body}\n"


def page_of(number: int) -> str:
    """Return the address of the page of `notice(number)`."""
    return f"wj/2020/{number:05d}.html"


def make_site(folder: Path, more: str = "") -> Path:
    """Write a small valid site; `more` is added to `catalog.yaml`."""
    for key in ("zn", "zd", "fdzdgknr", "nb", "ysqgk"):
        (folder / "content" / key).mkdir(parents=True)
        (folder / "content" / key / "index.md").write_text(
            f"---\n标题: 栏目说明\n---\n\n{_INTRO}{_TOLD.get(key, '')}\n", "utf-8"
        )
    (folder / "catalog.yaml").write_text(CATALOGUE + more, "utf-8")
    (folder / "content/zd/a.md").write_text(notice(1), "utf-8")
    return folder


@dataclass(frozen=True)
class Result:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        """Both streams."""
        return self.out + self.err

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The diagnostics of `--format json`."""
        rows: list[dict[str, Any]] = json.loads(self.out)["diagnostics"]
        return rows

    def names(self, path: str = "") -> set[str]:
        """Return the rules that spoke, for one file or for all."""
        return {row["name"] for row in self.findings if not path or row["path"] == path}


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a command: this checkout importable, nothing of the caller's that changes a build."""
    kept = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "PYTHONSTARTUP")}
    return kept | {"PYTHONPATH": str(ROOT)} | more


def command(*words: str | Path) -> list[str]:
    """Return the command line of `build-site` with these words."""
    return [sys.executable, "-m", "build_site", *map(str, words)]


def run(
    *words: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None, timeout: float = 60
) -> Result:
    """Run `build-site` for real."""
    done = subprocess.run(
        command(*words), cwd=cwd or ROOT, env=env or environment(), capture_output=True, timeout=timeout, check=False
    )
    return Result(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def build(site: Path, *words: str | Path, **how: Any) -> Result:
    """Build a site as on a fixed day."""
    return run("build", "--site", site, "--as-of", AS_OF, *words, **how)


def check(site: Path, *words: str | Path, **how: Any) -> Result:
    """Check a site as on a fixed day."""
    return run("check", "--site", site, "--as-of", AS_OF, *words, **how)


def tree(folder: Path) -> dict[str, str]:
    """Return every path below `folder` with a digest of what it is and holds; the cache is no part of a site."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name.split("/")[0] == ".cache":
            continue
        if path.is_symlink():
            found[name] = "-> " + str(path.readlink())
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            found[name] = "folder" if path.is_dir() else "special"
    return found


def no_crash(result: Result) -> None:
    """Assert that the program did not fail in itself: no traceback, no apology, no code 3."""
    assert "Traceback" not in result.all, result.all[-3000:]
    assert "程序自己出错" not in result.all and "a bug of build-site" not in result.all, result.err
    assert result.code in (0, 1, 2), (result.code, result.all[-3000:])


HAN = re.compile("[\u4e00-\u9fff]")
_QUOTED = re.compile(r"“[^”\n]*”|`[^`\n]*`|\"[^\"\n]*\"|《[^》\n]*》")
_CHINESE_SENTENCE = re.compile("[\u4e00-\u9fff]{9,}|[\u4e00-\u9fff]{2,}[，；。][\u4e00-\u9fff]{2,}|[\u4e00-\u9fff]。")
_ENGLISH_SENTENCE = re.compile(r"\b[A-Z]?[a-z]{2,}(?: [a-z]{1,12}){3,}")


def chinese_sentences(text: str) -> list[str]:
    """Return the Chinese sentences of an English report; excerpts of sources and quoted words do not count."""
    lines = [_QUOTED.sub("", line) for line in text.split("\n") if " │" not in line]
    return [line for line in lines if _CHINESE_SENTENCE.search(line)]


def english_sentences(text: str) -> list[str]:
    """Return the English sentences of a Chinese report; excerpts of sources and quoted words do not count."""
    lines = [_QUOTED.sub("", line) for line in text.split("\n") if " │" not in line]
    return [line for line in lines if _ENGLISH_SENTENCE.search(line)]


def pdf(*objects: bytes) -> bytes:
    """Return a PDF of these objects, numbered from 1, with a right cross-reference table; the first is the root."""
    data, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj" % number + text + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start, count = len(data), len(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % count + table
    return data + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (count, start)


PDF_OBJECTS = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
    b"<</Length 37>>stream\nBT /F 12 Tf 9 9 Td (some text) Tj ET \nendstream ",
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
)


def pdf_of_text() -> bytes:
    """Return a valid PDF with some text."""
    return pdf(*PDF_OBJECTS)
