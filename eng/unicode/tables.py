"""Writes src/Hub.Core/Unicode/tables.txt from Python's unicodedata.

.NET normalizes nothing where a host runs without ICU (InvariantGlobalization), so the hub brings what it needs:
  C x a b   x is composed of a and b, both ways        D x a [b]   x decomposes only
  M a b n   combining class n of the marks a to b      F x text    x folds to this text of a-z, 0-9 and '-'
"""

import sys
import unicodedata

ALL = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
LAST_HANGUL = 0xD7A3


def folded(char):
    kept = [c for c in unicodedata.normalize("NFKD", char) if unicodedata.category(c) != "Mn"]
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in "".join(kept).lower())


def lines():
    yield f"# Unicode {unicodedata.unidata_version}; made by eng/unicode/tables.py"
    for code in ALL:
        parts = unicodedata.decomposition(chr(code)).split()
        if parts and not parts[0].startswith("<"):
            both = len(parts) == 2 and unicodedata.normalize("NFC", chr(code)) == chr(code)
            yield f"{'C' if both else 'D'} {code:X} {' '.join(f'{int(part, 16):X}' for part in parts)}"
    start = previous = 0
    for code in ALL + [0x110000]:
        current = unicodedata.combining(chr(code)) if code < 0x110000 else 0
        if current != previous:
            if previous:
                yield f"M {start:X} {code - 1:X} {previous}"
            start, previous = code, current
    for code in ALL:
        if code > 127 and not 0xAC00 <= code <= LAST_HANGUL:
            text = folded(chr(code))
            if any(c != "-" for c in text):
                yield f"F {code:X} {text}"


sys.stdout.write("\n".join(lines()) + "\n")
