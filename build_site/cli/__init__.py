"""Floor 6: the commands that people and CI jobs run.

Owns options, words around results, and exit codes. Must not hold any logic of its own.
"""
