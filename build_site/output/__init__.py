"""Floor 5: the only floor that writes.

Owns the build's pipeline and what reaches the disk. Must not know rules or templates by name.
"""
