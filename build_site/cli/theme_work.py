"""What `build-site theme list` and `build-site theme which` say.

Owns their output: answers go to standard output, remarks to standard error.
"""

from __future__ import annotations

import sys
from pathlib import Path

from build_site.checks.emit import text as emit_text
from build_site.checks.run import check_faults
from build_site.cli.telling import CLEAN, FINDINGS, USAGE, disk_message, say
from build_site.cli.work import line_reader
from build_site.loading.catalogue import CATALOGUE_NAME, load_catalogue
from build_site.loading.theme_file import load_theme_file
from build_site.model.finding import Fault, Lang, Message
from build_site.model.theme import OWN
from build_site.rendering.theme_layers import find_theme, own_layer, program_themes, theme_layers, theme_names
from build_site.rendering.theme_parts import layers_with, near_parts


def list_themes(root: Path, lang: Lang) -> int:
    """Print the themes that the site at `root` can use, and the layers of the one in use; return the exit code."""
    try:
        catalogue, faults = load_catalogue(root) if (root / CATALOGUE_NAME).is_file() else (None, ())
        active = catalogue.site.theme if catalogue else ""
        lines = [_theme_line(root, name, name == active, lang) for name in theme_names(root)]
        if catalogue:
            layers, layer_faults = theme_layers(root, active, catalogue.site.at("theme"))
            faults = layer_faults
            shown = " → ".join(f"themes/{OWN}" if layer.name == OWN else layer.name for layer in layers)
            lines.append(
                Message(f"本站的各层，从上到下：{shown}", f"layers of this site, from the top: {shown}").text(lang)
            )
    except OSError as error:
        say(disk_message(error), lang)
        return USAGE
    sys.stdout.write("\n".join(lines) + "\n")
    if catalogue is None:
        say(
            Message("没有能用的 catalog.yaml，不知道在用哪个", "no usable catalog.yaml: the theme in use is unknown"),
            lang,
        )
    if faults:
        return report(root, faults, lang, FINDINGS if catalogue else USAGE)
    return CLEAN


def _theme_line(root: Path, name: str, active: bool, lang: Lang) -> str:
    folder = find_theme(root, name)
    assert folder is not None, "a listed theme is there"
    told, _ = load_theme_file(folder)
    title = told.title if told else Message("（theme.yaml 有错）", "(theme.yaml has mistakes)").text(lang)
    bundled = folder.parent == program_themes()
    place = Message("随程序提供", "comes with the program").text(lang) if bundled else f"themes/{name}"
    about = [title, place, told.description if told else ""]
    return f"{'✔' if active else ' '} {name:<14}" + " · ".join(word for word in about if word)


def which(root: Path, part: str, lang: Lang) -> int:
    """Print the layers of the site's theme that have `part`, the one in use first; return the exit code."""
    try:
        catalogue, faults = load_catalogue(root)
        if catalogue is None:
            return report(root, faults, lang, USAGE)
        layers, faults = theme_layers(root, catalogue.site.theme, catalogue.site.at("theme"))
        if faults:
            return report(root, faults, lang, FINDINGS)
        found = layers_with(layers, part)
        near = near_parts(layers, part) if not found else ()
    except OSError as error:
        say(disk_message(error), lang)
        return USAGE
    if not found:
        guess_zh = f"是不是 {'、'.join(near)}？" if near else "名称像 parts/notice.html、css/tokens.css、site.css。"
        guess_en = (
            f"did you mean {', '.join(near)}?"
            if near
            else "parts are called like parts/notice.html, css/tokens.css, site.css"
        )
        say(Message(f"主题里没有 {part}；{guess_zh}", f"the theme has no {part}; {guess_en}"), lang)
        return USAGE
    width = max(len(layer.name) for layer in layers)
    for path, having in found.items():
        for layer in having:
            sys.stdout.write(f"{'✔' if layer == having[0] else ' '} {layer.name:<{width}}  {layer / path}\n")
        if having[0] != own_layer(root):
            copy = f"themes/{OWN}/{path}"
            say(
                Message(
                    f"✔ 是在用的一份；只在本站改，就复制到 {copy} 再改",
                    f"✔ marks the one in use; to change it for this site, copy it to {copy}",
                ),
                lang,
            )
    return CLEAN


def report(root: Path, faults: tuple[Fault, ...], lang: Lang, code: int) -> int:
    """Print what is wrong with a theme or the catalogue and return `code`."""
    sys.stdout.write(emit_text.report(check_faults(faults), line_reader(root), lang))
    sys.stdout.flush()
    return code
