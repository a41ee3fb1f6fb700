"""The command line: serve, import, migrate, draw the lifecycles."""

import click


@click.group()
def main() -> None:
    """Coprod's command line."""
