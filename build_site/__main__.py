"""`python -m build_site` is the command `build-site`."""

from build_site.cli.main import run

if __name__ == "__main__":
    run()
