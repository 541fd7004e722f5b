"""The generators, one module each.

Owns the list; the first is this program, the second the one that the others are compared with.
"""

from __future__ import annotations

from scripts.bench.generator import Generator
from scripts.bench.generators import eleventy, hugo, mkdocs, own, pelican, zola

GENERATORS: tuple[Generator, ...] = (
    own.GENERATOR,
    hugo.GENERATOR,
    zola.GENERATOR,
    eleventy.GENERATOR,
    mkdocs.GENERATOR,
    pelican.GENERATOR,
)
OWN = own.GENERATOR.name
BASE = hugo.GENERATOR.name
