"""Floor 6: the live preview.

Owns the site that is kept in memory while somebody writes: watching, building again, serving to this machine. Must not
write anything but to the store of builds, above all not into the output folder; must not know options or exit codes.
"""
