"""Which files of a site change, as the system tells it.

Owns the use of watchdog: what is watched, what is left out, and what is done when the system refuses. Must not read files.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from build_site.loading.names import is_ignored
from build_site.serving.scan import FOLDERS, SOURCE_FILES

_WANTED: list[type[FileSystemEvent]] = [
    # nothing is opened or closed unwritten here: the builds themselves do that all the time
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent, FileClosedEvent, FileCreatedEvent, FileDeletedEvent,
    FileModifiedEvent, FileMovedEvent,
]  # fmt: skip
_POLL_SECONDS = 1.0
_VIM_PROBE = "4913"


class Watching:
    """Tells `changed` the paths that change, relative to the site, until it is stopped. Called from threads of its own."""

    def __init__(self, root: Path, changed: Callable[[str], None], poll: bool = False) -> None:
        """Watch the site at `root`; with `poll`, by looking again and again."""
        self.root = root.resolve()
        self.polls = poll
        self._changed = changed
        self._observer: BaseObserver | None = None
        self._watches: dict[str, ObservedWatch] = {}

    def start(self) -> None:
        """Begin. Where the system has no more room for watches, the folders are looked through again and again instead."""
        if not self.polls:
            try:
                self._begin(Observer())
                return
            except OSError:  # ENOSPC: too many watches, EMFILE: too many watchers
                self.stop()
                self.polls = True
        self._begin(PollingObserver(timeout=_POLL_SECONDS))

    def _begin(self, observer: BaseObserver) -> None:
        self._observer = observer
        self._watches = {}
        observer.start()
        self._watch("", recursive=False)
        for folder in FOLDERS:
            if (self.root / folder).is_dir():
                self._watch(folder, recursive=True)

    def _watch(self, folder: str, recursive: bool) -> None:
        assert self._observer is not None
        self._watches[folder] = self._observer.schedule(
            _Teller(self.root, self._changed), str(self.root / folder), recursive=recursive, event_filter=_WANTED
        )

    def refresh(self, folder: str) -> None:
        """Watch a folder anew that has come, gone or been exchanged."""
        if self._observer is None:
            return
        old = self._watches.pop(folder, None)
        if old is not None:
            with contextlib.suppress(KeyError, OSError, RuntimeError):
                self._observer.unschedule(old)
        if (self.root / folder).is_dir():
            try:
                self._watch(folder, recursive=True)
            except OSError:
                self.restart()

    def restart(self) -> None:
        """Begin anew, as after a breakdown of the observer."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """End; nothing is told afterwards."""
        observer, self._observer = self._observer, None
        if observer is not None:
            with contextlib.suppress(RuntimeError, OSError):
                observer.stop()
                observer.join(2)


class _Teller(FileSystemEventHandler):
    """Passes on the paths of events that concern the site."""

    def __init__(self, root: Path, changed: Callable[[str], None]) -> None:
        self.root = root
        self.changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        for place in (event.src_path, event.dest_path):
            path = relevant(self.root, str(place)) if place else ""
            if path:
                self.changed(path)


def relevant(root: Path, place: str) -> str:
    """Return the path of a file or folder from the site's root if a build may depend on it, else "".

    Left out are hidden files and what editor programs leave while they save.
    """
    try:
        parts = Path(place).relative_to(root).parts
    except ValueError:
        return ""
    if not parts or any(is_ignored(part) for part in parts) or parts[-1] == _VIM_PROBE:
        return ""
    if parts[0] not in FOLDERS and (len(parts) > 1 or parts[0] not in SOURCE_FILES):
        return ""
    return "/".join(parts)
