"""What this program itself asks of a web server: a page's HTML, and whether an external address answers.

Owns requests, their limits and the words for what came of them. Must not know the site.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import urllib.error
import urllib.request
from urllib.parse import quote, urlsplit, urlunsplit

_AGENT = "Mozilla/5.0 (compatible; build-site link check)"
_LARGEST = 20_000_000
_SAFE = "/?:@!$&'()*+,;=%~-._"
UNCLEAR = frozenset({"401", "403", "405", "406", "407", "408", "412", "418", "421", "425", "429", "503", "521", "999", "tls"})  # fmt: skip
"""Answers by which a server may only be turning programs away: people may well see the page."""


def _opener(loopback: bool) -> urllib.request.OpenerDirector:
    proxies = urllib.request.ProxyHandler({} if loopback else None)
    opener = urllib.request.build_opener(proxies)
    opener.addheaders = [("User-Agent", _AGENT), ("Accept", "text/html,*/*;q=0.8"), ("Accept-Language", "zh-CN,zh")]
    return opener


def html_of(url: str, timeout: int, loopback: bool) -> str | None:
    """Return the HTML at `url`; None when it cannot be had or is no HTML."""
    try:
        with _opener(loopback).open(url, timeout=timeout) as answer:
            if answer.headers.get_content_type() != "text/html":
                return None
            data: bytes = answer.read(_LARGEST)
            return data.decode(answer.headers.get_content_charset() or "utf-8", "replace")
    except (OSError, http.client.HTTPException, ValueError, LookupError):
        return None


def outcome_of(url: str, timeout: int, loopback: bool = False) -> str:
    """Return what came of asking for `url`: "" when it opens, else an HTTP status or a word such as `timeout`.

    Only the head of the answer is asked for, and the page itself where a server refuses that.
    """
    opener = _opener(loopback)
    reason = ""
    for method in ("HEAD", "GET"):
        try:
            request = urllib.request.Request(_ascii(url), method=method)
            with opener.open(request, timeout=timeout):
                return ""
        except urllib.error.HTTPError as error:
            error.close()
            reason = str(error.code)
            if error.code in (404, 410) and method == "GET":
                break
        except (OSError, http.client.HTTPException, ValueError) as error:
            return _word(error)
    return reason


def _ascii(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    return urlunsplit((parts.scheme, host, quote(parts.path, safe=_SAFE), quote(parts.query, safe=_SAFE), ""))


def _word(error: Exception) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return "timeout"
    if isinstance(cause, ssl.SSLError):
        return "tls"
    if isinstance(cause, socket.gaierror):
        return "no-such-host"
    if isinstance(cause, ConnectionRefusedError):
        return "refused"
    return "no-answer" if isinstance(cause, OSError | http.client.HTTPException) else "malformed"
