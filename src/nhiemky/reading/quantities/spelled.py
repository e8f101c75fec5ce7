"""Numbers in words: `hai mươi mốt` → 21, `một trăm linh năm` → 105, `ba nghìn hai trăm` → 3200, `4 triệu rưỡi`."""

from nhiemky.reading.vocab import lookup

_DIGITS = {w: float(v) for w, v in lookup("numerals", "value").items()}
_BEHIND = {"năm": 5.0, "lăm": 5.0, "mốt": 1.0, "tư": 4.0, "không": 0.0}  # only behind another number word
_GROUPS = {"nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
_HALF = ("rưỡi", "rưởi")
_JOIN = ("linh", "lẻ")


def spelled(words: list[str]) -> tuple[float, int] | None:
    """Value and count of words of the number that a list of words begins with; None where it begins with none."""
    total, group, used = 0.0, 0.0, 0
    last = 0.0  # what a `rưỡi` halves
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else ""
        if word in _DIGITS or (used and word in _BEHIND):
            if word in _DIGITS and used and group % 10 and last < 10:
                break
            value = _DIGITS.get(word) or _BEHIND[word]
            if word == "mười":
                group, last = group + 10, 1.0
            elif following in ("mươi", "trăm"):
                group, last = (
                    group + value * (10 if following == "mươi" else 100),
                    10.0 if following == "mươi" else 100.0,
                )
            else:
                group, last = group + value, 1.0
        elif word in ("mươi", "trăm") and used:
            last = 10.0 if word == "mươi" else 100.0
        elif word in _GROUPS and used:
            total, group, last = total + (group or 1.0) * _GROUPS[word], 0.0, _GROUPS[word]
        elif word in _JOIN and used:
            pass
        elif word in _HALF and used and last > 1:
            total += last / 2
        else:
            break
        used = index + 1
    value = total + group
    return (value, used) if used and value else None
