"""What happens to a finished site: signing its manifest, and comparing a copy of it, wherever it lies, with that manifest.

Imports nothing of `serving`. Must not know how pages are made, nor options and exit codes.
"""
