"""Where the program starts.

Owns the moments before the command line is read: Ctrl-C while modules are loaded ends the program without a word.
"""

from __future__ import annotations

import signal


def run() -> None:
    """Run the command line and exit."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from build_site.cli.main import run as run_command

    run_command()
