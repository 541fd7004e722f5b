"""Floor 1: the data of a disclosure column, standard library only.

Owns the frozen records that every other floor passes around. Must not know files, YAML, HTML or rules.
"""
