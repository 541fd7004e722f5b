"""A static site generator for a government bureau's disclosure column (政府信息公开专栏).

Six floors, imports only downward: model, loading, checks, rendering, output, cli.
`docs/architecture.md` tells which floor owns what.
"""

__version__ = "0.1.0"
