"""Time grows with the text, not with its square: texts of 1, 2, 4 and 8 MB made to be hard, each in one piece.

    python -m benchmarks.long_texts [--phrases]     --phrases: also each file of phrases in one line of 1 and 2 MB

Prints processor seconds for each size and how often the time doubled; exits with 1 where twice the text took more than
2.5 times as long (a processor's caches alone cost up to a fifth).
"""

import argparse
import sys
import time
from collections import defaultdict
from itertools import pairwise

from tests.reading.corpus_check import cases

from nhiemky.reading.read import LABELLED, read

MB = 1 << 20
ALLOWED = 2.5
NOISE = 0.3  # seconds under which a ratio says nothing

HARD = {
    "only digits": "1234567890",
    "only anchor words": " ".join(word for word, _ in LABELLED) + " ",
    "one sentence without end": "tỷ lệ hộ nghèo giảm còn 3,5% và thu nhập bình quân đạt 65 triệu đồng ",
    "only names": "đồng chí Nguyễn Văn An, Bí thư Đảng ủy; ",
    "one list without end": "kết nạp 5 đảng viên, trong đó 3 đảng viên nữ; ",
    "only blanks": " ",
    "only brackets": "((",
    "a figure in each line": "1\n",
}


def grown(piece: str, size: int) -> str:
    """The piece again and again, `size` characters."""
    return (piece * (size // len(piece) + 1))[:size]


def seconds(text: str) -> float:
    start = time.process_time()
    read(text)
    return time.process_time() - start


def told(name: str, piece: str, sizes: tuple[int, ...]) -> bool:
    """Print one row; whether no doubling of the text cost more than it may."""
    taken = [seconds(grown(piece, size * MB)) for size in sizes]
    ratios = [after / before for before, after in pairwise(taken)]
    linear = all(ratio <= ALLOWED or after < NOISE for ratio, after in zip(ratios, taken[1:], strict=True))
    print(
        f"{name:32}" + "".join(f"{each:8.2f}" for each in taken) + "   " + " ".join(f"×{each:.2f}" for each in ratios)
        + ("" if linear else "   GROWS FASTER THAN THE TEXT"),
        flush=True,
    )  # fmt: skip
    return linear


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phrases", action="store_true", help="also every file of phrases in one line")
    asked = parser.parse_args()
    read("Đại hội Đảng bộ xã đạt 5%.")
    print(f"{'seconds of':32}" + "".join(f"{size:>6}MB" for size in (1, 2, 4, 8)))
    good = [told(name, piece, (1, 2, 4, 8)) for name, piece in HARD.items()]
    if asked.phrases:
        texts = defaultdict(list)
        for name, case in cases():
            texts[name.partition(":")[0]].append(case["text"].replace("\n", " "))
        good += [told(name, " ".join(pieces) + " ", (1, 2)) for name, pieces in sorted(texts.items())]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
