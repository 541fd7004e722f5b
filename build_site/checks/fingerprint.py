"""By what a finding is known again after other things have changed.

Owns the fingerprint: rule, file and what is said, without places and without numbers that count something.
"""

from __future__ import annotations

import hashlib
import re

from build_site.model.finding import Diagnostic

_UNITS = "行列天日月年页个篇处条件字格级次项张人家张遍秒"
_COUNTED = re.compile(rf"\d+(?:\.\d+)?(?=\s*(?:[{_UNITS}]|KB|MB|%|％))")
_LENGTH = 16


def fingerprint(diagnostic: Diagnostic) -> str:
    """Return 16 hexadecimal digits that stay the same when lines move and counts grow.

    Several findings may share a fingerprint: whoever compares has to count them.
    """
    said = _COUNTED.sub("#", diagnostic.message.zh)
    data = "\0".join((diagnostic.code, diagnostic.where.path, said))
    return hashlib.sha256(data.encode()).hexdigest()[:_LENGTH]
