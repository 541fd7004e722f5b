"""The command `coverage`.

Owns where the table goes and the exit code: the table is a report, not a judgement, so it ends with 0 whatever it says.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from build_site.checks.coverage import coverage
from build_site.checks.emit.coverage import as_csv, as_json, as_text
from build_site.cli.telling import CLEAN, USAGE, disk_message, say
from build_site.cli.theme_work import report
from build_site.model.finding import Lang
from build_site.output.sources import read_site


def show(root: Path, as_of: date, form: str, lang: Lang) -> int:
    """Print the coverage table of the site at `root` and return the exit code."""
    try:
        site, faults = read_site(root, as_of)
    except OSError as error:
        say(disk_message(error), lang)
        return USAGE
    if site is None:
        return report(root, faults, lang, USAGE)
    rows = coverage(site)
    if form == "json":
        sys.stdout.write(as_json(rows, as_of))
    elif form == "csv":
        sys.stdout.write(as_csv(rows))
    else:
        sys.stdout.write(as_text(rows, site.catalogue.site.host, as_of))
    sys.stdout.flush()
    return CLEAN
