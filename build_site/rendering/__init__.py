"""Floor 4: the site as pages.

Owns views, themes and templates. Must not write files and must not know rules.
"""
