"""``promodesk agent``: who may sign in at the desk."""

from __future__ import annotations

import typer
from rich.console import Console as Terminal
from rich.table import Table

from bot.adapters.sql.migrate import migrate
from bot.bootstrap_console import access_desk
from bot.commands.preflight import address
from bot.config import Settings
from bot.core.agents import Role, with_article
from bot.services import manage_agents, sign_in
from bot.services.ports import InvalidInput

DEMONSTRATION = "demo@promodesk.example"


def add(settings: Settings, email: str, name: str, role: str) -> None:
    """Keep a new agent and print the link by which they choose their password."""
    desk = _desk(settings)
    agent, link = manage_agents.add_agent(desk, email, name or email.partition("@")[0], as_role(role))
    typer.echo(
        f"{agent.name} can sign in as {agent.role.value}, once the password is chosen here (works once, for 24 hours):"
    )
    typer.echo(link_address(settings, link))


def disable(settings: Settings, email: str) -> None:
    """Sign an agent out everywhere, for good."""
    desk = _desk(settings)
    manage_agents.disable_agent(desk, manage_agents.agent_called(desk, email))
    typer.echo(f"{email} cannot sign in any more, and is signed out everywhere")


def change_role(settings: Settings, email: str, role: str) -> None:
    """Let an agent do what another role may."""
    desk, wanted = _desk(settings), as_role(role)
    agent = manage_agents.agent_called(desk, email)
    manage_agents.change_role(desk, agent, wanted)
    typer.echo(f"{agent.name} is {with_article(wanted)} now")


def reset(settings: Settings, email: str) -> None:
    """Print a link by which an agent chooses a new password."""
    desk = _desk(settings)
    link = manage_agents.reset_agent(desk, manage_agents.agent_called(desk, email))
    typer.echo(
        f"{email} has no password and no second factor now; a new password is chosen here (works once, for 24 hours):"
    )
    typer.echo(link_address(settings, link))


def list_all(settings: Settings) -> None:
    """Print everybody."""
    team = _desk(settings).agents.all()
    if not team:
        typer.echo("nobody yet; begin with: promodesk agent add anna@company.example --role admin")
        return
    table = Table("name", "e-mail address", "role")
    for agent in team:
        table.add_row(
            agent.name, agent.email, f"{agent.role.value}, disabled" if agent.is_disabled else agent.role.value
        )
    Terminal().print(table)


def demonstration_link(settings: Settings) -> str:
    """The address that signs a demonstration's admin in, once: there is no password that everybody knows."""
    desk = access_desk(settings)
    known = desk.agents.find_by_email(DEMONSTRATION)
    if known is None:
        agent, _ = manage_agents.add_agent(desk, DEMONSTRATION, "Demo admin", Role.ADMIN)
    else:
        agent = known.agent
    return link_address(settings, sign_in.make_link(desk, agent, sets_password=False))


def link_address(settings: Settings, link: str) -> str:
    """Where a link is followed."""
    return f"{address(settings)}/desk/link/{link}"


def as_role(text: str) -> Role:
    """Raises ``InvalidInput`` naming the roles there are."""
    try:
        return Role(text)
    except ValueError as error:
        raise InvalidInput(f"{text!r} is no role; choose {', '.join(role.value for role in Role)}") from error


def _desk(settings: Settings) -> sign_in.AccessDesk:
    migrate(settings.database_url, "desk")
    return access_desk(settings)
