"""A benchmark: this program and other static site generators, in turn, on the same notices and the same machine.

Run: make bench, or python -m scripts.bench --help. What it found is in docs/performance.md.
"""
