from datetime import date
from tests.claims import VALIDATED


def test_smoke(desk):
    desk.set_up(date(2024, 1, 20), [VALIDATED])
    c = desk.customer()
    for t in ["hi", "Where is my claim LEN-615204?", "kontor@birkvik.example", "how long?"]:
        print(">", t)
        print(c.say(t))
        print()
