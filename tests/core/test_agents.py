"""Roles include each other in one direction; passwords that everybody guesses are not taken."""

from __future__ import annotations

import pytest

from bot.core.agents import LONGEST_PASSWORD, SHORTEST_PASSWORD, Agent, Role, password_problem

ANNA = Agent("1", "anna.holm@shop.example", "Anna Holm", Role.AGENT)


@pytest.mark.parametrize(
    ("role", "may_do"),
    [
        (Role.AGENT, [Role.AGENT]),
        (Role.LEAD, [Role.AGENT, Role.LEAD]),
        (Role.ADMIN, [Role.AGENT, Role.LEAD, Role.ADMIN]),
    ],
)
def test_a_role_may_do_what_the_roles_below_it_may(role: Role, may_do: list[Role]) -> None:
    assert [needed for needed in Role if role.covers(needed)] == may_do


@pytest.mark.parametrize(
    "password", ["seven green umbrellas", "Tr0ub4dor&3-and-more", "        x y z w    ", "æøå og en lang sommer"]
)
def test_a_long_password_needs_no_particular_signs(password: str) -> None:
    assert password_problem(password, ANNA) == ""


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("", "password_too_short"),
        ("a" * (SHORTEST_PASSWORD - 1), "password_too_short"),
        ("xy" * LONGEST_PASSWORD, "password_too_long"),
        ("aaaaaaaaaaaaaaaa", "password_too_easy"),
        ("passwordpassword", "password_too_easy"),
        ("Password123!", "password_too_easy"),
        ("anna.holm@shop.example", "password_too_easy"),
        ("Anna Holm 2023", "password_too_easy"),
        ("anna.holmanna.holm", "password_too_easy"),
    ],
)
def test_a_password_that_is_short_or_guessed_first_is_not_taken(password: str, problem: str) -> None:
    assert password_problem(password, ANNA) == problem
