"""Whether a message says the opposite of a word it holds: not from a distributor, no invoice."""

from __future__ import annotations

from spacy.tokens import Span, Token

_NEGATORS = frozenset(
    (
        "not", "n't", "never", "neither", "nor", "instead", "rather", "without", "ikke", "inte", "ej",
        "icke", "aldri", "aldrig", "utan", "uten", "uden", "istedet",
    )
)  # fmt: skip
_NO = frozenset(
    (
        "no", "ingen", "intet", "inget", "intet", "zero",
    )
)  # fmt: skip
_LOST = frozenset(
    (
        "lost", "lose", "mislaid", "misplaced", "missing", "threw", "thrown", "binned", "deleted", "cannot",
        "stolen", "mistet", "mistede", "tabt", "smidt", "tappat", "slängt", "borta", "væk", "lack", "lacks",
    )
)  # fmt: skip
_TURNS = frozenset(
    (
        "but", "only", "men", "bare", "however", "yet", "though", "if", "whether", "om", "because", "since",
        "sure",
    )
)  # fmt: skip
_REACH = 5
_NO_REACH = 2


def is_negated(span: Span) -> bool:
    """A negation shortly before it, in the same clause; "isn't that a reseller?" is none."""
    for distance, token in enumerate(_before(span), 1):
        if token.lower_ in _NEGATORS and not _opens_question(token):
            return True
        if token.lower_ in _NO and distance <= _NO_REACH:
            return True
    return False


def is_missing(span: Span) -> bool:
    """Lost, thrown away, or never there."""
    after = [token.lower_ for token in span.doc[span.end : span.end + 3]]
    return (
        is_negated(span)
        or any(token.lower_ in _LOST for token in _before(span))
        or any(word in _LOST for word in after)
    )


def _before(span: Span) -> list[Token]:
    """The nearest words before it first, up to a comma or a turn such as "but"."""
    words: list[Token] = []
    for place in range(span.start - 1, max(span.sent.start, span.start - _REACH) - 1, -1):
        token = span.doc[place]
        if token.is_punct or token.lower_ in _TURNS or token.ent_type_ == span.label_:
            break
        words.append(token)
    return words


def _opens_question(token: Token) -> bool:
    sentence = token.sent
    return bool(token.i - sentence.start <= 1 and sentence[-1].text == "?")
