"""``promodesk agent`` and ``promodesk key``: who may come in."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.finish import finish

agent_app = typer.Typer(help="Who may sign in at the agents' desk.", no_args_is_help=True)
key_app = typer.Typer(help="Keys of the API for help desks.", no_args_is_help=True)
EmailAddress = Annotated[str, typer.Argument(metavar="E-MAIL", help="The agent's address.")]


@agent_app.command(name="add")
def add_agent(
    email: EmailAddress,
    name: Annotated[
        str, typer.Option(help="What colleagues and customers read; empty: the address before its @.")
    ] = "",
    role: Annotated[str, typer.Option(help="agent, lead or admin.")] = "agent",
) -> None:
    """Let somebody in; prints the link by which they choose their password."""
    from bot.commands.agents import add as run

    finish(lambda settings: run(settings, email, name, role))


@agent_app.command(name="disable")
def disable_agent(email: EmailAddress) -> None:
    """Keep somebody out, at once."""
    from bot.commands.agents import disable as run

    finish(lambda settings: run(settings, email))


@agent_app.command(name="role")
def change_role(email: EmailAddress, role: Annotated[str, typer.Argument(help="agent, lead or admin.")]) -> None:
    """Let somebody do more, or less."""
    from bot.commands.agents import change_role as run

    finish(lambda settings: run(settings, email, role))


@agent_app.command(name="reset")
def reset_agent(email: EmailAddress) -> None:
    """A new link for who has forgotten the password or lost the phone; who was disabled is let in again."""
    from bot.commands.agents import reset as run

    finish(lambda settings: run(settings, email))


@agent_app.command(name="list")
def list_agents() -> None:
    """Show everybody."""
    from bot.commands.agents import list_all as run

    finish(run)


@key_app.command(name="create")
def create_key(name: Annotated[str, typer.Argument(help="Who or what uses it.")]) -> None:
    """Make a key of the API; it is shown once."""
    from bot.commands.api_keys import create as run

    finish(lambda settings: run(settings, name))


@key_app.command(name="list")
def list_keys() -> None:
    """Show every key by its name, and when it was used last."""
    from bot.commands.api_keys import list_all as run

    finish(run)


@key_app.command(name="revoke")
def revoke_key(id: Annotated[str, typer.Argument(help="As `promodesk key list` shows it.")]) -> None:
    """End a key, at once and for good."""
    from bot.commands.api_keys import revoke as run

    finish(lambda settings: run(settings, id))
