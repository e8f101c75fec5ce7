"""Whether a PDF's packed streams would unpack to far more than a report holds; asked by `pdf`."""

import re
import zlib

MOST = 256 * 1024 * 1024  # bytes of one stream; a coloured A4 page at 600 dots to the inch has 100 million
MOST_IN_ALL = 8 * MOST
_PACKED = 1_032  # times at most does deflate pack, so that smaller streams need no look
_STEP = 16 * 1024  # unpacks to 16 MB at most
_STREAM = re.compile(rb"(?<!end)stream\r?\n")


def unpacked_too_far(raw: bytes) -> bool:
    """True for a stream of more than `MOST` bytes, or streams of `MOST_IN_ALL`, once unpacked."""
    view, in_all = memoryview(raw), 0
    for found in _STREAM.finditer(raw):
        start = found.end()
        end = raw.find(b"endstream", start)
        end = len(raw) if end < 0 else end
        if end - start < MOST // _PACKED:
            continue
        size = _unpacked(view[start:end])
        in_all += size
        if size > MOST or in_all > MOST_IN_ALL:
            return True
    return False


def _unpacked(packed: memoryview) -> int:
    """The size of a stream unpacked, counted up to `MOST`; 0 for one packed otherwise, as JPEG is."""
    unpack, size = zlib.decompressobj(), 0
    try:
        for at in range(0, len(packed), _STEP):
            size += len(unpack.decompress(packed[at : at + _STEP]))
            if size > MOST or unpack.eof:
                break
    except zlib.error:
        pass
    return size
