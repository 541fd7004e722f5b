"""Floor 3: what may be published.

Owns rules with their codes, wording and legal basis, and the forms in which findings are printed. Must not read
files nor render pages.
"""
