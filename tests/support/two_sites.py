"""Two sites with the same history, one built with what earlier builds left, one from nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from build_site.output.build import build, check
from build_site.output.means import Means
from build_site.output.outcome import Outcome
from build_site.output.stamp import Stamp
from build_site.output.store import NO_STORE, Store


@dataclass(frozen=True)
class Side:
    """One of the two, with an output folder of its own; with a store in `cache`, or without.

    One that `asks` looks first whether anything has changed, as the command does: whether it can tell depends on how
    long ago the files were written.
    """

    root: Path
    cache: Path | None = None
    asks: bool = False

    @property
    def public(self) -> Path:
        """The output folder: the usual one, with which `check` compares too."""
        return self.root / "public"

    def means(self) -> Means:
        """As every run of the command has it: a store opened anew."""
        return Means(store=Store(self.cache) if self.cache else NO_STORE)

    def check(self, day: date) -> Outcome:
        """Check, and leave in the store what that made."""
        return check(self.root, day, means=self.means())

    def build(self, day: date, quarantine: bool = False) -> Outcome:
        """Build into the output folder."""
        means = self.means()
        stamp = Stamp(self.root, self.public, (day.isoformat(), str(quarantine)), means.store) if self.asks else None
        known = stamp.outcome() if stamp else None
        if known:
            return known
        made = build(self.root, self.public, day, quarantine=quarantine, means=means)
        if stamp:
            stamp.keep(made)
        return made

    def left(self) -> dict[str, tuple[int, bytes]]:
        """What lies on the disk after a build: modes and bytes of the output, and `urls.lock`."""
        places = [*self.public.rglob("*"), self.public, self.root / "urls.lock"]
        return {
            place.relative_to(self.root).as_posix(): (
                place.stat().st_mode,
                place.read_bytes() if place.is_file() else b"",
            )
            for place in places
            if place.exists()
        }

    def pages(self) -> list[Path]:
        """All pages of the output."""
        return sorted(self.public.rglob("*.html"))


def said(outcome: Outcome) -> dict[str, object]:
    """All that an outcome says, but for how much work it was."""
    return {
        "diagnostics": outcome.diagnostics,
        "found": outcome.found,
        "published": outcome.published,
        "misconfigured": outcome.misconfigured,
        "hidden": outcome.hidden,
        "held": outcome.held,
        "future": outcome.future,
        "cards": outcome.cards,
        "site": outcome.site,
        "addresses": outcome.addresses,
        "counts": dict(outcome.counts),
    }
