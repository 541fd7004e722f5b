"""A site as it was in a commit, in a folder of its own for a while.

Owns that folder. The repository and its index stay as they are.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from build_site.loading.git import Branch, git, refused


@contextlib.contextmanager
def snapshot(branch: Branch) -> Iterator[Path | None]:
    """Yield a folder with the site as in `branch.base`, or None where there was no such site; it vanishes afterwards.

    Raises GitError when Git refuses, OSError when the disk fails.
    """
    tree = f"{branch.base}:{branch.prefix.rstrip('/')}"
    if git(branch.top, "cat-file", "-e", tree)[0]:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="build-site-") as folder:
        site = Path(folder) / "site"
        site.mkdir()
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        for arguments in (("read-tree", tree), ("checkout-index", "--all", "--quiet", f"--prefix={site}/")):
            code, _, complaint = git(branch.top, *arguments, variables=index)
            if code:
                raise refused(complaint)
        yield site
