"""`assetgen completion`: print the completion script of a shell."""

from __future__ import annotations

import click

EPILOG = """
\b
Examples:
  eval "$(assetgen completion bash)"                                  this shell
  assetgen completion zsh  > ~/.zfunc/_assetgen                       zsh, for good
  assetgen completion fish > ~/.config/fish/completions/assetgen.fish
"""


@click.command(epilog=EPILOG)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the script that completes commands and options in SHELL."""
    from click.shell_completion import get_completion_class

    from assetgen.cli import main

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(main, {}, "assetgen", "_ASSETGEN_COMPLETE").source())
