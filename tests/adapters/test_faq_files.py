"""Section files are read with every mistake named by line, and written so that they read back the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.faq_files import read_faq, read_faq_files
from bot.adapters.faq_writer import as_yaml, write_section
from bot.core.faq import FaqEntry
from bot.core.faq_sections import FaqSection
from bot.services.content_errors import ContentError
from bot.services.ports import InvalidInput
from tests.contents import ROOT

GOOD = """\
section: Paying
order: 1
entries:
  - id: when_paid
    question: When am I paid?
    mark: A
    answer: |-
      Soon.
      Very soon.
"""


def mistakes(folder: Path, text: str, name: str = "paying") -> list[str]:
    (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_faq(folder)
    return str(caught.value).splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "faq"
    made.mkdir()
    return made


def test_the_repository_has_23_entries_in_page_order() -> None:
    faq = read_faq(ROOT / "faq")
    assert len(faq) == 23
    assert [title for title, _ in faq.sections()] == [
        "Claiming",
        "Invoice",
        "Dates",
        "Payment",
        "Products",
        "Where bought",
    ]
    assert next(iter(faq)).id == "claim_notification"


def test_an_entry_is_read_with_all_it_has(folder: Path) -> None:
    more = "    variants:\n      closed: |-\n        Over.\n"
    more += "    translations:\n      da: |-\n        Snart.\n    review_by: 2024-02-29\n"
    (folder / "paying.yml").write_text(GOOD + more, encoding="utf-8")
    files = read_faq_files(folder)
    (entry,) = files.sections[0].entries
    assert entry == FaqEntry(
        "when_paid",
        "Paying",
        "When am I paid?",
        "Soon.\nVery soon.",
        "A",
        {"closed": "Over."},
        {"da": "Snart."},
        date(2024, 2, 29),
    )
    assert str(files.places["when_paid"]) == "faq/paying.yml:4"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    question: When am I paid?\n", "", "faq/paying.yml:4: when_paid: question is missing"),
        ("    mark: A\n", "", "faq/paying.yml:4: when_paid: mark is missing"),
        ("mark: A", "mark: B", "faq/paying.yml:6: when_paid: mark is 'B'"),
        ("question: When am I paid?", "question: 12", "faq/paying.yml:5: when_paid: question is '12' and not a text"),
        (
            "question: When am I paid?",
            "question: [a, b]",
            "faq/paying.yml:5: when_paid: question is a list and not a text",
        ),
        ("question: When am I paid?", "question:", "faq/paying.yml:5: when_paid: question is empty"),
        ("question: When am I paid?", "question: Is this form#3?", None),
        (
            "question: When am I paid?",
            "question: Is this form #3 or # 4?",
            "faq/paying.yml:5: when_paid: the words of question after # would be lost",
        ),
        (
            "answer: |-\n      Soon.\n      Very soon.",
            "answer: Soon.",
            "faq/paying.yml:7: when_paid: answer is not written as a block",
        ),
        ("answer: |-", "answer: >-", "faq/paying.yml:7: when_paid: answer is not written as a block"),
        (
            "    mark: A",
            "    mark: A\n    review_by: 2024-02-30",
            "faq/paying.yml:7: when_paid: review_by is 2024-02-30, which is not a date",
        ),
        (
            "    mark: A",
            "    mark: A\n    review_by: 1/2/2024",
            "faq/paying.yml:7: when_paid: review_by is 1/2/2024, which is not a date",
        ),
        ("    mark: A", "    mark: A\n    markk: B", "faq/paying.yml:7: when_paid: the key 'markk' is unknown"),
        ("    mark: A", "    mark: A\n    mark: R", "faq/paying.yml:7: when_paid: the key 'mark' stands twice"),
        (
            "    mark: A",
            "    mark: A\n    variants:\n      someday: |-\n        Words",
            "faq/paying.yml:8: when_paid: 'someday' cannot stand under variants",
        ),
        (
            "    mark: A",
            "    mark: A\n    translations:\n      Danish: |-\n        Ord",
            "faq/paying.yml:8: when_paid: 'Danish' cannot stand under translations",
        ),
        ("id: when_paid", "id: When Paid", "faq/paying.yml:4: When Paid: the id 'When Paid' is not allowed"),
        ("order: 1", "order: one", "faq/paying.yml:2: -: order is not a whole number"),
        ("order: 1", "order: 1\ncolour: red", "faq/paying.yml:3: -: the key 'colour' is unknown"),
        ("section: Paying", "section: Paying: now", "faq/paying.yml:1: -: not YAML"),
        ("entries:", "entries: none", "faq/paying.yml:"),
        ("section: Paying\n", "", "faq/paying.yml:1: -: section is missing"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_line_and_entry(folder: Path, old: str, new: str, said: str | None) -> None:
    text = GOOD.replace(old, new)
    assert text != GOOD
    if said is None:
        (folder / "paying.yml").write_text(text, encoding="utf-8")
        assert len(read_faq(folder)) == 1
        return
    lines = mistakes(folder, text)
    assert any(line.startswith(said) for line in lines), lines
    assert all("; " in line for line in lines)


def test_all_mistakes_of_all_files_come_together(folder: Path) -> None:
    (folder / "other.yml").write_text(GOOD.replace("mark: A", "mark: C"), encoding="utf-8")
    lines = mistakes(folder, GOOD.replace("mark: A", "mark: B"))
    assert len(lines) == 4
    assert any("the id is already used at faq/other.yml:4" in line for line in lines)
    assert any("order 1 is taken by other.yml" in line for line in lines)


def test_two_entries_with_one_id_are_refused(folder: Path) -> None:
    lines = mistakes(folder, GOOD + GOOD[GOOD.index("  - id") :])
    assert lines == [
        "faq/paying.yml:10: when_paid: the id is already used at faq/paying.yml:4; give this entry an id of its own"
    ]


def test_a_folder_without_sections_and_a_file_that_is_no_text_are_refused(folder: Path) -> None:
    with pytest.raises(InvalidInput, match="no section file"):
        read_faq(folder)
    (folder / "paying.yml").write_bytes(b"section: \xff\xfe")
    with pytest.raises(InvalidInput, match="save it as UTF-8"):
        read_faq(folder)


def test_what_was_left_of_a_failed_writing_is_not_read(folder: Path) -> None:
    write_section(folder, FaqSection("paying", "Paying", 1, (FaqEntry("one", "Paying", "Why?", "So."),)))
    (folder / "paying.yml.new").write_text("half", encoding="utf-8")
    assert [entry.id for entry in read_faq(folder)] == ["one"]


WORDS = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp", "Zs"), blacklist_characters="\ufeff")
    | st.just(" "),
    min_size=1,
).map(lambda text: " ".join(["x", text.strip(), "y"]))


@given(question=WORDS, lines=st.lists(WORDS | st.just(""), min_size=1, max_size=3))
def test_what_is_written_reads_back_word_for_word(
    tmp_path_factory: pytest.TempPathFactory, question: str, lines: list[str]
) -> None:
    answer = "\n".join(lines).strip() or "x"
    section = FaqSection("paying", "Where: # bought?", 3, (FaqEntry("one", "Where: # bought?", question, answer, "R"),))
    folder = tmp_path_factory.mktemp("faq")
    write_section(folder, section)
    assert read_faq_files(folder).sections == (section,)


def test_the_files_of_the_repository_are_as_the_writer_writes_them() -> None:
    for section in read_faq_files(ROOT / "faq").sections:
        assert (ROOT / "faq" / f"{section.name}.yml").read_text(encoding="utf-8") == as_yaml(section)
