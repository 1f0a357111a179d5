"""The encoder with a memory: every text is encoded once, however many trainings and experiments ask for it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from bot.matching import encoder
from bot.matching.encoder import Encoder, Vectors


class KeptEncoder(Encoder):
    """An encoder whose vectors are kept in a file of the cache, by the encoder's checksum and the text's."""

    def __init__(self, folder: Path, cache: Path) -> None:
        super().__init__(folder)
        # An exported encoder's folder is named by its checksum; how texts are encoded with it stands in the code.
        code = hashlib.sha256(Path(encoder.__file__).read_bytes()).hexdigest()
        self._file = cache / f"vectors-{folder.name}-{code[:8]}.npz"
        self._vectors: dict[bytes, Vectors] = {}
        # What cannot be read is encoded anew.
        with suppress(OSError, ValueError, KeyError, BadZipFile), np.load(self._file, allow_pickle=False) as kept:
            self._vectors = dict(zip((key.tobytes() for key in kept["keys"]), kept["vectors"]))
        self._written = len(self._vectors)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As the encoder does; known texts cost nothing."""
        keys = [_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts) if key not in self._vectors}
        if new:
            self._vectors.update(zip(new, self.encode_afresh(list(new.values()))))
        return np.stack([self._vectors[key] for key in keys])

    def encode_afresh(self, texts: Sequence[str]) -> Vectors:
        """Encode texts whether they are known or not."""
        return super().encode(texts)

    def keep(self) -> None:
        """Write the file anew if something was learnt."""
        if len(self._vectors) == self._written:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        scratch = self._file.with_suffix(f".{os.getpid()}.npz")
        keys = np.frombuffer(b"".join(self._vectors), dtype=np.uint8).reshape(len(self._vectors), -1)
        np.savez(scratch, keys=keys, vectors=np.stack(list(self._vectors.values())))
        scratch.replace(self._file)  # a half-written file is never read
        self._written = len(self._vectors)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()
