"""The command line: python -m coprod COMMAND."""

from coprod.cli import main

main()
