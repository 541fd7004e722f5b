"""`build-site theme gallery`: a folder with one page that shows every component of the site's theme.

Owns writing it and what is said about it.
"""

from __future__ import annotations

from pathlib import Path

from build_site.cli.telling import CLEAN, FINDINGS, USAGE, disk_message, say
from build_site.cli.theme_work import report
from build_site.loading.catalogue import load_catalogue
from build_site.model.finding import Lang, Message
from build_site.output.folder import OutputRefusedError, Staging, check_owned
from build_site.output.manifest import MANIFEST_NAME, SUMS_NAME, entry_of, manifest_text, sums_text
from build_site.rendering.gallery import GALLERY, gallery_page
from build_site.rendering.theme import load_theme


def write(root: Path, out: Path, lang: Lang) -> int:
    """Write the gallery of the theme of the site at `root` into `out`; return the exit code.

    `out` must be absent, empty or made by this program, as for a build.
    """
    try:
        catalogue, faults = load_catalogue(root)
        if catalogue is None:
            return report(root, faults, lang, USAGE)
        theme = load_theme(root, catalogue.site.theme, catalogue.site.at("theme"))
        html, fault = gallery_page(theme) if not theme.faults else ("", None)
        if theme.faults or fault is not None:
            return report(root, (*theme.faults, *((fault,) if fault else ())), lang, FINDINGS)
        _put(out, root, {GALLERY: html.encode(), **dict(theme.static.values())})
    except OutputRefusedError as refused:
        say(Message(f"{refused.message.zh}\n{refused.help.zh}", f"{refused.message.en}\n{refused.help.en}"), lang)
        return USAGE
    except OSError as error:
        say(disk_message(error), lang)
        return USAGE
    say(Message(f"组件一览已写到 {out / GALLERY}", f"gallery written to {out / GALLERY}"), lang)
    return CLEAN


def _put(out: Path, root: Path, files: dict[str, bytes]) -> None:
    """Write `files` as the whole content of `out`, with a manifest by which the next run knows it as ours."""
    check_owned(out, root)
    entries = {address: entry_of(data) for address, data in files.items()}
    with Staging(out) as staging:
        for address, data in files.items():
            staging.write(address, data)
        manifest = manifest_text(entries, "").encode()
        staging.write(MANIFEST_NAME, manifest)
        staging.write(SUMS_NAME, sums_text({**entries, MANIFEST_NAME: entry_of(manifest)}).encode())
        staging.exchange()
        staging.discard()
