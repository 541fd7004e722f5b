"""The forms in which diagnostics are printed.

Owns one module a form. Must not find anything.
"""
