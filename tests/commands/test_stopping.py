"""A signal that tells to stop is noted wherever it comes, and ends what is waited for."""

from __future__ import annotations

import os
import signal
import threading
import time

from bot.commands.stopping import stop_signals


def test_a_signal_ends_the_waiting() -> None:
    with stop_signals(signal.SIGTERM) as told:
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM)).start()
        began = time.monotonic()
        told.wait(60)
        assert told.came and time.monotonic() - began < 30


def test_a_signal_is_noted_also_where_an_exception_would_be_lost() -> None:
    class Collected:
        def __del__(self) -> None:
            os.kill(os.getpid(), signal.SIGTERM)
            sum(range(1000))

    with stop_signals(signal.SIGTERM) as told:
        assert not told.came
        del (collected := [Collected()])[0]
        assert collected == [] and told.came


def test_without_a_signal_the_time_passes_and_nothing_is_told() -> None:
    with stop_signals(signal.SIGTERM) as told:
        began = time.monotonic()
        told.wait(0.25)
        assert time.monotonic() - began >= 0.25 and not told.came


def test_afterwards_signals_do_what_they_did_before() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with stop_signals(signal.SIGTERM):
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before
