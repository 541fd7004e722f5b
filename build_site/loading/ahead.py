"""A document that waits, as it will be when it is public.

Owns what is filled in for what an editor has not written yet. Must not decide who sees it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from build_site.loading.placing import standing
from build_site.model.notice import Notice
from build_site.model.site import Standing
from build_site.model.words import State


def as_public(path: str, notice: Notice, state: Standing, as_of: date) -> tuple[Notice, Standing]:
    """Return the notice of the source `path`, whose standing is `state`, and its standing, as if its day had come.

    A draft without a day of publication gets `as_of`; without index number and id, an id made of its path, so that it
    has an address. What is withdrawn or closed stays so.
    """
    if state is Standing.DRAFT:
        notice = replace(notice, state=State.PUBLISHED, published=notice.published or as_of)
        if not notice.index_no and not notice.id:
            notice = replace(notice, id=f"caogao-{hashlib.sha256(path.encode()).hexdigest()[:10]}")
        state = standing(notice, as_of)
    return notice, Standing.PUBLISHED if state is Standing.FUTURE else state
