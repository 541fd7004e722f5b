"""`python -m build_site` is the command `build-site`."""

from build_site.cli.entry import run

if __name__ == "__main__":
    run()
