"""The command `build-site build-all`.

Owns its options and help texts; what it does is in `all_work`. Imports nothing heavy.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from build_site.cli.options import (
    today_or_usage,
    together,
    wanted,
    with_cache,
    with_day,
    with_forms,
    with_lang,
    with_level,
    with_locked,
)
from build_site.model.finding import Lang


@click.command("build-all")
@click.argument("sites", metavar="清单", type=click.Path(path_type=Path))
@together(with_day, with_lang, with_level, with_locked, with_forms, with_cache)
def build_all(
    sites: Path,
    as_of: date | None,
    lang: Lang,
    fail_on: str,
    locked: bool,
    form: str,
    reports: tuple[tuple[str, Path], ...],
    cache: bool,
) -> None:
    """一次生成很多站点：清单里一项一个，一个通不过不影响别的。"""
    from build_site.cli import all_work

    day = as_of or today_or_usage(lang)
    record = day <= today_or_usage(lang)
    order = all_work.Order(day, wanted(lang, fail_on, form, reports, None), locked, record, cache)
    raise SystemExit(all_work.build_all(sites, order))
