"""A small site that is edited: what an editor, a keeper of the catalogue or of the theme, and time itself do to it.

`Draft` is the site in memory, `EDITS` changes one, `lay` puts the difference on the disk.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from build_site.checks.fingerprint import fingerprint
from build_site.loading.baseline_file import baseline_text
from build_site.model.baseline import Baseline, Inherited
from build_site.model.finding import Diagnostic
from tests.support.makers import make
from tests.support.sites import AS_OF, MINIMAL, TEXT, intro, notice

_GFXWJ, _TJXX, _ZD = "content/fdzdgknr/gfxwj", "content/fdzdgknr/tjxx", "content/zd"
_LAYER = "themes/site"
_HOME = '{% extends "default/home.html" %}{% block head %}<meta name="note" content="甲">{% endblock %}\n'
_WITHDRAWN = "state: 撤回\nwithdrawn_on: 2020-11-20\nwithdrawal_reason: 内容有误，更正以后重新公布"

_SOURCES: dict[str, str | bytes] = {
    **{path: text for path, text in MINIMAL.items() if path != "catalog.yaml"},
    f"{_ZD}/fujian.md": notice(
        "关于附件的通知", "00011", f"{TEXT}见[名单](mingdan.csv)。", head="attachments: [biaoge.txt, mingdan.csv]"
    ),
    f"{_ZD}/biaoge.txt": "申请表：姓名、单位、事项。",
    f"{_ZD}/mingdan.csv": make("text-csv"),
    f"{_GFXWJ}/jiu.md": notice(
        "规范性文件旧", "00004", head="effective: 2020-01-01\nrepealed: 2020-11-01\nreplaced_by: guifan.md"
    ),
    f"{_GFXWJ}/jiedu.md": notice("规范性文件一的解读", "00005", head="interprets: guifan.md\nrelated: ../tjxx/tu.md"),
    f"{_GFXWJ}/che.md": notice("撤回的文件", "00009", head=_WITHDRAWN),
    f"{_TJXX}/tu.md": notice("统计图", "00006", f"{TEXT}\n\n![一张图](tu.png)\n\n## 说明\n\n{TEXT}"),
    f"{_TJXX}/tu.png": make("png"),
    f"{_TJXX}/lian.md": notice(
        "统计说明", "00007", f"{TEXT}见[统计图](tu.md)、[外站](https://ggfw.example.com/a)。", head="related: tu.md"
    ),
    f"{_TJXX}/qita.md": notice("统计其他", "00008", f"{TEXT}见[规范](../gfxwj/guifan.md)。"),
    "content/nb/2018.md": notice("2018年度报告", "00010"),
    f"{_LAYER}/templates/home.html": _HOME,
    f"{_LAYER}/css/document.css": '@import "default/css/document.css";\n.sheet { padding: 3px; }\n',
}
FILES = {path: data if isinstance(data, bytes) else data.encode() for path, data in _SOURCES.items()}


@dataclass
class Draft:
    """A site in memory, with the day of the build, the number of the program's version, what is done to the last output.

    `still` are files whose time of change stays when they are changed; `found` what the last build found.
    """

    files: dict[str, bytes] = field(default_factory=lambda: dict(FILES))
    name: str = "某市退役军人事务局"
    site: dict[str, str] = field(default_factory=dict)
    columns: list[tuple[str, str, str, tuple[tuple[str, str], ...]]] = field(
        default_factory=lambda: [
            ("zn", "政府信息公开指南", "kind: 指南", ()),
            ("zd", "政府信息公开制度", "", ()),
            ("fdzdgknr", "法定主动公开内容", "", (("gfxwj", "行政规范性文件"), ("tjxx", "统计信息"))),
            ("nb", "政府信息公开工作年度报告", "kind: 年度报告", ()),
            ("sljg", "政府信息公开受理机构", "kind: 受理机构", ()),
            ("ysqgk", "依申请公开", "", ()),
        ]
    )
    redirects: list[str] = field(default_factory=lambda: ["{from: wj/2019/00001.html, to: wj/2020/00002.html}"])
    withdrawals: list[str] = field(default_factory=list)
    day: date = AS_OF
    program: int = 0
    serial: int = 100
    still: set[str] = field(default_factory=set)
    output: str = ""
    store: str = ""
    found: tuple[Diagnostic, ...] = ()

    def catalogue(self) -> str:
        """The text of `catalog.yaml`."""
        lines = ["site:", f"  name: {self.name}", "  domain: tyjrj.example.gov.cn", '  site_code: "0000000000"']
        lines += [f"  {key}: {value}" for key, value in {"host": "某市退役军人事务局", **self.site}.items()]
        lines += ["agency:", "  department: 办公室", "  address: 某路 1 号", '  postcode: "200000"']
        lines += ["  hours: 工作日 9:00—17:00", "  phone: 021-00000000", "  checked: 2020-11-17", "columns:"]
        for key, title, more, children in self.columns:
            lines += [f"  - key: {key}", f"    title: {title}", *([f"    {more}"] if more else [])]
            lines += ["    children:"] if children else []
            lines += [f"      - {{key: {child}, title: {name}}}" for child, name in children]
        for word, rows in (("redirects", self.redirects), ("withdrawals", self.withdrawals)):
            lines += [f"{word}:", *(f"  - {row}" for row in rows)] if rows else []
        return "".join(f"{line}\n" for line in lines)

    def all_files(self) -> dict[str, bytes]:
        """Every source file, the catalogue too."""
        return {**self.files, "catalog.yaml": self.catalogue().encode()}

    def documents(self) -> list[str]:
        """The paths of all documents, sorted."""
        return sorted(path for path in self.files if path.endswith(".md") and not path.endswith("index.md"))

    def text(self, path: str) -> str:
        """The text of a file."""
        return self.files[path].decode()

    def sub(self, path: str, pattern: str, new: str) -> None:
        """Put `new` in the place of the first match of `pattern` in a file."""
        self.files[path] = re.sub(pattern, lambda _: new, self.text(path), count=1, flags=re.MULTILINE).encode()

    def head(self, path: str, key: str, value: str) -> None:
        """Set a key of a document's front matter; an empty value takes it away."""
        line = f"{key}: {value}\n" if value else ""
        if re.search(rf"^{key}: ", self.text(path), re.MULTILINE):
            self.sub(path, rf"^{key}: .*\n", line)
        else:
            self.sub(path, r"^index_no: ", f"{line}index_no: ")

    def renamed(self, old: str, new: str) -> None:
        """Give a file another path, and mend the references to its name by those who remember to."""
        self.files[new] = self.files.pop(old)


def lay(root: Path, before: dict[str, bytes], after: dict[str, bytes], still: set[str]) -> None:
    """Bring the folder `root` from one set of files to another; for those that stand `still` the time of change stays."""
    for path in before.keys() - after.keys():
        (root / path).unlink()
    for path, data in after.items():
        file = root / path
        if before.get(path) == data:
            continue
        times = file.stat() if path in still and file.exists() else None
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        if times:
            os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


Edit = Callable[[Draft, Random], None]
EDITS: dict[str, Edit] = {}


def _edit(make_edit: Edit) -> Edit:
    EDITS[make_edit.__name__.removeprefix("_").replace("_", " ")] = make_edit
    return make_edit


def _one(draft: Draft, chance: Random, folder: str = "content/") -> str:
    return chance.choice([path for path in draft.documents() if path.startswith(folder)])


def _new_number(draft: Draft) -> str:
    draft.serial += 1
    return f"{draft.serial:05d}"


# Documents


@_edit
def _a_body_grows(draft: Draft, chance: Random) -> None:
    draft.files[_one(draft, chance)] += f"\n第{chance.randrange(1000)}段，补充说明办理的步骤和需要的材料。\n".encode()


@_edit
def _one_character_changes_and_the_time_of_change_stays(draft: Draft, chance: Random) -> None:
    path = _one(draft, chance)
    draft.sub(
        path, "方便公民查阅|便利公民查阅", "便利公民查阅" if "方便公民查阅" in draft.text(path) else "方便公民查阅"
    )
    draft.still.add(path)


@_edit
def _a_title_changes(draft: Draft, chance: Random) -> None:
    draft.head(_one(draft, chance), "title", f"改过的标题第{chance.randrange(1000)}号")


@_edit
def _a_date_changes(draft: Draft, chance: Random) -> None:
    key = chance.choice(["published", "written", "effective", "expires", "repealed"])
    draft.head(_one(draft, chance), key, f"2020-{chance.randrange(10, 13)}-{chance.randrange(1, 29):02d}")


@_edit
def _a_document_becomes_a_draft(draft: Draft, chance: Random) -> None:
    draft.head(_one(draft, chance), "state", "草稿")


@_edit
def _a_document_is_withdrawn(draft: Draft, chance: Random) -> None:
    path = _one(draft, chance)
    for key, value in (line.split(": ") for line in _WITHDRAWN.splitlines()):
        draft.head(path, key, value)


@_edit
def _all_documents_are_published(draft: Draft, chance: Random) -> None:
    for path in draft.documents():
        for key in ("state", "withdrawn_on", "withdrawal_reason"):
            draft.head(path, key, "")


@_edit
def _a_reference_changes(draft: Draft, chance: Random) -> None:
    path, other = chance.sample(draft.documents(), 2)
    key = chance.choice(["related", "related", "interprets", "replaced_by"])
    draft.head(path, key, os.path.relpath(other, Path(path).parent))


@_edit
def _references_go(draft: Draft, chance: Random) -> None:
    for path in chance.sample(draft.documents(), 4):
        for key in ("related", "interprets", "replaced_by"):
            draft.head(path, key, "")


@_edit
def _a_correction_is_told(draft: Draft, chance: Random) -> None:
    draft.head(_one(draft, chance), "revisions", f"[{{on: {draft.day}, note: 改正了第{chance.randrange(9)}条的日期}}]")


@_edit
def _a_new_document(draft: Draft, chance: Random) -> None:
    number, folder = _new_number(draft), chance.choice([_ZD, _GFXWJ, _TJXX])
    draft.files[f"{folder}/x{number}.md"] = notice(f"新文件{number}", number).encode()


@_edit
def _a_copy_under_another_number(draft: Draft, chance: Random) -> None:
    path, number = _one(draft, chance, "content/fdzdgknr/"), _new_number(draft)
    copy = f"{path.removesuffix('.md')}-{number}.md"
    draft.files[copy] = draft.files[path]
    draft.head(copy, "index_no", f"000000000/2020-{number}")


@_edit
def _a_document_is_deleted_and_that_is_told(draft: Draft, chance: Random) -> None:
    path = chance.choice(draft.documents())
    number = re.search(r"2020-(\d{5})", draft.text(path))
    assert number
    del draft.files[path]
    told = (
        f"{{address: wj/2020/{number[1]}.html, title: 没有了, kind: 误发, withdrawn: 2020-11-30, reason: 误发的文件}}"
    )
    draft.withdrawals.append(told)


@_edit
def _a_document_is_deleted_without_a_word(draft: Draft, chance: Random) -> None:
    del draft.files[chance.choice(draft.documents())]


@_edit
def _a_file_is_renamed(draft: Draft, chance: Random) -> None:
    path = _one(draft, chance)
    new = path.replace(".md", f"-{chance.randrange(100)}.md")
    draft.renamed(path, new)
    for other in draft.documents():
        draft.files[other] = draft.files[other].replace(Path(path).name.encode(), Path(new).name.encode())


@_edit
def _two_files_swap_their_contents(draft: Draft, chance: Random) -> None:
    one, two = chance.sample(draft.documents(), 2)
    draft.files[one], draft.files[two] = draft.files[two], draft.files[one]
    draft.still |= {one, two}


@_edit
def _a_document_moves_to_another_column(draft: Draft, chance: Random) -> None:
    path = _one(draft, chance)
    folder = chance.choice([name for name in (_ZD, _GFXWJ, _TJXX) if not path.startswith(name)])
    draft.renamed(path, f"{folder}/{Path(path).name}")


@_edit
def _an_introduction_changes(draft: Draft, chance: Random) -> None:
    draft.files[f"{_TJXX}/index.md"] = intro("统计信息", f"{TEXT}第{chance.randrange(1000)}次改动。").encode()


# Files beside documents


@_edit
def _an_attachment_changes(draft: Draft, chance: Random) -> None:
    path = chance.choice([path for path in draft.files if path.endswith((".txt", ".csv"))])
    draft.files[path] += f"第{chance.randrange(1000)}行\n".encode()


@_edit
def _an_attachment_changes_at_the_same_size(draft: Draft, chance: Random) -> None:
    path = chance.choice([path for path in draft.files if path.endswith(".txt")])
    old, new = ("申请", "登记") if "申请" in draft.text(path) else ("登记", "申请")
    draft.sub(path, old, new)
    draft.still.add(path)


@_edit
def _an_attachment_loses_what_it_held(draft: Draft, chance: Random) -> None:
    path = chance.choice([path for path in draft.files if path.endswith((".txt", ".csv"))])
    draft.files[path] = b" " * len(draft.files[path])
    draft.still.add(path)


@_edit
def _an_attachment_is_renamed(draft: Draft, chance: Random) -> None:
    path = chance.choice([path for path in draft.files if path.endswith((".txt", ".csv"))])
    new = path.replace(".", f"{chance.randrange(100)}.")
    draft.renamed(path, new)
    for other in draft.documents():
        draft.files[other] = draft.files[other].replace(Path(path).name.encode(), Path(new).name.encode())


@_edit
def _a_picture_changes(draft: Draft, chance: Random) -> None:
    draft.files[f"{_TJXX}/tu.png"] = make(chance.choice(["large-png", "png", "cut-off-png"]))


# The catalogue


@_edit
def _the_name_of_the_site_changes(draft: Draft, chance: Random) -> None:
    draft.name = f"某市第{chance.randrange(100)}退役军人事务局"


@_edit
def _the_description_changes(draft: Draft, chance: Random) -> None:
    draft.site["description"] = f"本机关主动公开的第{chance.randrange(100)}种信息"


@_edit
def _another_site_is_trusted(draft: Draft, chance: Random) -> None:
    if draft.site.pop("trusted", None) is None:
        draft.site["trusted"] = "[ggfw.example.com]"


@_edit
def _another_setting_of_the_site(draft: Draft, chance: Random) -> None:
    settings = (("sample", "true"), ("page_size", "5"), ("base_path", "/gk/"), ("icp", "某ICP备00000000号"))
    key, value = chance.choice(settings)
    if draft.site.pop(key, None) is None:
        draft.site[key] = value


@_edit
def _the_title_of_a_column_changes(draft: Draft, chance: Random) -> None:
    children = draft.columns[2][3] if draft.columns[2][0] == "fdzdgknr" else ()
    if children and chance.random() < 0.5:
        key, title, more, _ = draft.columns[2]
        draft.columns[2] = (key, title, more, ((children[0][0], f"规范性文件{chance.randrange(100)}"), *children[1:]))
    else:
        key, _, more, below = draft.columns[1]
        draft.columns[1] = (key, f"公开制度{chance.randrange(100)}", more, below)


@_edit
def _columns_change_their_order(draft: Draft, chance: Random) -> None:
    one, two = chance.sample(range(len(draft.columns)), 2)
    draft.columns[one], draft.columns[two] = draft.columns[two], draft.columns[one]


@_edit
def _a_redirect_is_added(draft: Draft, chance: Random) -> None:
    draft.redirects.append(f"{{from: wj/2018/{_new_number(draft)}.html, to: wj/2020/00002.html}}")


@_edit
def _a_withdrawal_is_added(draft: Draft, chance: Random) -> None:
    address = f"wj/2018/{_new_number(draft)}.html"
    draft.withdrawals.append(
        f"{{address: {address}, title: 旧文件, kind: 误发, withdrawn: 2020-11-30, reason: 误发的文件}}"
    )


@_edit
def _the_catalogue_cannot_be_used(draft: Draft, chance: Random) -> None:
    draft.site["nothing"] = '"unfinished'


# The theme


@_edit
def _a_template_is_edited(draft: Draft, chance: Random) -> None:
    note = f'<meta name="note" content="{chance.randrange(1000)}">'
    name, block = chance.choice([("home", "head"), ("document", "end"), ("column", "head")])
    text = f'{{% extends "default/{name}.html" %}}{{% block {block} %}}{note}{{% endblock %}}\n'
    draft.files[f"{_LAYER}/templates/{name}.html"] = text.encode()


@_edit
def _a_part_that_templates_include_is_edited(draft: Draft, chance: Random) -> None:
    draft.files[f"{_LAYER}/templates/note.html"] = f"<!-- {chance.randrange(1000)} -->".encode()
    text = '{% extends "default/document.html" %}{% block end %}{% include "note.html" %}{% endblock %}\n'
    draft.files[f"{_LAYER}/templates/document.html"] = text.encode()


@_edit
def _a_template_leads_where_only_rendering_knows(draft: Draft, chance: Random) -> None:
    text = '{% extends "default/column.html" %}{% block head %}{% include view.kind ~ ".html" ignore missing %}{% endblock %}'
    draft.files[f"{_LAYER}/templates/column.html"] = text.encode()
    draft.files[f"{_LAYER}/templates/list.html"] = f"<!-- {chance.randrange(1000)} -->".encode()


@_edit
def _a_template_fails(draft: Draft, chance: Random) -> None:
    text = '{% extends "default/home.html" %}{% block head %}{{ view.nothing }}{% endblock %}'
    draft.files[f"{_LAYER}/templates/home.html"] = text.encode()


@_edit
def _a_style_changes(draft: Draft, chance: Random) -> None:
    text = f'@import "default/css/document.css";\n.sheet {{ padding: {chance.randrange(100)}px; }}\n'
    draft.files[f"{_LAYER}/css/document.css"] = text.encode()


@_edit
def _the_layer_of_the_site_goes(draft: Draft, chance: Random) -> None:
    draft.files = {path: data for path, data in draft.files.items() if not path.startswith(f"{_LAYER}/")}


@_edit
def _the_layer_of_the_site_comes_back(draft: Draft, chance: Random) -> None:
    draft.files |= {path: data for path, data in FILES.items() if path.startswith(f"{_LAYER}/")}


@_edit
def _another_theme(draft: Draft, chance: Random) -> None:
    if draft.site.pop("theme", None) is None:
        draft.site["theme"] = "plain"


# What stands beside the sources


@_edit
def _days_pass(draft: Draft, chance: Random) -> None:
    draft.day += timedelta(days=chance.choice([1, 1, 7, 40, 400]))


@_edit
def _a_day_in_the_past(draft: Draft, chance: Random) -> None:
    draft.day -= timedelta(days=chance.choice([1, 14]))


@_edit
def _a_word_list(draft: Draft, chance: Random) -> None:
    wrong = chance.choice(["公民查阅", "政府信息", "年度报告"])
    draft.files["wording.yaml"] = f"词条:\n  - 错词: [{wrong}]\n    正词: [别的词]\n    理由: 统一写法\n".encode()


@_edit
def _a_baseline(draft: Draft, chance: Random) -> None:
    some = chance.sample(draft.found, min(3, len(draft.found)))
    entries = {
        mark: Inherited(item.where.path, item.code, mark, 1, item.message.zh)
        for item in some
        if (mark := fingerprint(item))
    }
    draft.files["baseline.json"] = baseline_text(Baseline(tuple(entries.values()))).encode()


@_edit
def _another_version_of_the_program(draft: Draft, chance: Random) -> None:
    draft.program += 1


@_edit
def _nothing_changes(draft: Draft, chance: Random) -> None:
    """The commonest of all."""


@_edit
def _a_page_of_the_output_is_edited_by_hand(draft: Draft, chance: Random) -> None:
    draft.output = "edit"


@_edit
def _a_page_of_the_output_is_lost(draft: Draft, chance: Random) -> None:
    draft.output = "lose"


@_edit
def _pages_of_the_store_are_damaged(draft: Draft, chance: Random) -> None:
    draft.store = "pages"


@_edit
def _the_database_of_the_store_is_damaged(draft: Draft, chance: Random) -> None:
    draft.store = "database"


@_edit
def _the_store_goes(draft: Draft, chance: Random) -> None:
    draft.store = "gone"


def copy_of(draft: Draft) -> Draft:
    """Return a copy that shares nothing."""
    return deepcopy(draft)
