"""Why something is not published, in words.

Owns the errors of this floor. Must not know where they are shown.
"""

from __future__ import annotations

from build_site.model.finding import Message


class PublishingError(Exception):
    """Something cannot be published; `message` says why, `help` what to do."""

    def __init__(self, message: Message, help_: Message) -> None:
        super().__init__(message.en)
        self.message = message
        self.help = help_


class RefusedError(PublishingError):
    """It must not be published: it did not pass, is older than what stands there, or does not fit it."""


class TargetError(PublishingError):
    """The target cannot do it, and would not do it if asked again."""


class LostError(Exception):
    """The target did not answer as it should, or not to the end: asked again, it may."""
