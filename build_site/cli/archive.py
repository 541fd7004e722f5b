"""`build-site archive`: the archive of a year as one file.

Owns what is said about it. What belongs to it is in `publishing.yearly_archive`.
"""

from __future__ import annotations

from pathlib import Path

from build_site.cli.telling import CLEAN, USAGE, disk_message, say
from build_site.cli.theme_work import report
from build_site.model.finding import Lang, Message
from build_site.output.manifest import load_manifest
from build_site.output.sources import read_site
from build_site.publishing.refusal import RefusedError
from build_site.publishing.release import open_release
from build_site.publishing.yearly_archive import archive, write

M = Message


def make(root: Path, out: Path, year: int, file: Path, lang: Lang) -> int:
    """Write the archive of `year` of the site at `root`, built in `out`, as `file`; return the exit code."""
    manifest = load_manifest(out)
    try:
        if file.exists():
            raise FileExistsError
        release = open_release(out)
        assert manifest is not None  # else there was no release
        site, faults = read_site(root, manifest.as_of)
        if site is None:
            return report(root, faults, lang, USAGE)
        made = archive(site, release, year)
        digest = write(out, made, file)
    except RefusedError as refused:
        say(M(f"✘ {refused.message.zh}\n{refused.help.zh}", f"✘ {refused.message.en}\n{refused.help.en}"), lang)
        return USAGE
    except FileExistsError:
        say(M(f"✘ 已经有 {file}，没有动它；归档不覆盖，换一个名字", f"✘ {file} is there and was left alone; archives are not written over, choose another name"), lang)  # fmt: skip
        return USAGE
    except OSError as error:
        say(disk_message(error), lang)
        return USAGE
    say(
        M(
            f"✔ 已归档到 {file}：{year} 年的文件 {made.documents} 篇，网站文件 {len(made.published)} 个，"
            f"没有收进来、只写明地址的页面 {made.absent} 个；按 {made.as_of} 生成的网站\nSHA-256 {digest}",
            f"✔ archived into {file}: {made.documents} documents of {year}, {len(made.published)} files of the site, "
            f"{made.absent} pages that are only named; the site was built for {made.as_of}\nSHA-256 {digest}",
        ),
        lang,
    )
    return CLEAN
