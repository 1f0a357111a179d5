"""``promodesk claims``: imports, and when the sample is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.adapters.promotion_file import read_promotion
from bot.adapters.sql.claims_tables import claims
from bot.adapters.sql.engines import make_engine
from bot.commands.claims import add_sample_if_empty, import_claims
from bot.config import Settings, read_settings
from bot.services.ports import InvalidInput

HEADER = "reference,email,company,state,submitted_on,validated_on,paid_on,rejected_on,reason,product,quantity,amount\n"
ROW = "LEN-615204,kontor@birkvik.example,Birkvik,submitted,2023-10-05,,,,,Travel Mouse,2,100\n"


def test_the_sample_is_added_to_an_empty_database_only(settings: Settings) -> None:
    promotion = read_promotion(settings.content / "faq" / "promotion.yml")

    add_sample_if_empty(settings, promotion)
    before = count(settings)
    add_sample_if_empty(settings, promotion)

    assert before == count(settings) > 100


def test_the_sample_never_joins_real_claims(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    file.write_text(HEADER + ROW)

    import_claims(settings, file)
    add_sample_if_empty(settings, read_promotion(settings.content / "faq" / "promotion.yml"))

    assert count(settings) == 1


def test_of_a_file_with_a_bad_row_nothing_is_imported(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    file.write_text(HEADER + ROW + ROW.replace("submitted,", "lost,").replace("615204", "615205"))

    with pytest.raises(InvalidInput, match="3"):
        import_claims(settings, file)
    assert count(settings) == 0


def count(settings: Settings) -> int:
    from bot.adapters.sql.migrate import migrate

    migrate(settings.claims_url, "claims")
    with make_engine(settings.claims_url).connect() as connection:
        return int(connection.execute(select(func.count()).select_from(claims)).scalar_one())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"PROMODESK_CLAIMS_URL": f"sqlite:///{tmp_path / 'claims.db'}"})
