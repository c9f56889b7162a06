"""Run the command line with `python -m assetgen`."""

from assetgen.cli import main

main(prog_name="assetgen")
