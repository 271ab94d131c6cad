"""Pictures: decoded whole and written anew. Place, camera, comments and anything behind the picture stay outside."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 50_000_000  # a phone's largest photo; more is a slip or a bomb
LONGEST_SIDE = 4000
JPEG_QUALITY = 88
BROKEN = "This picture is damaged and can't be read to its end. Take or scan it again."
TOO_LARGE = "This picture has more dots than any camera takes. Take it again with a smaller size."


class NotAPicture(Exception):
    """The bytes are not a JPEG or PNG that may be kept; the text says why, empty when it is something else."""


def rewritten(content: bytes, *, most_bytes: int) -> tuple[bytes, str]:
    """The picture as new bytes with its media type, upright, at most 4000 dots a side. Raises NotAPicture."""
    picture, kind = _opened(content)
    with picture:
        flat = _flat(picture)
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if kind == "PNG":
        out = _written(flat, "PNG", optimize=True)
        if len(out) <= most_bytes:
            return out, "image/png"
    return _written(flat, "JPEG", quality=JPEG_QUALITY), "image/jpeg"


def _opened(content):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(content), formats=("JPEG", "PNG"))
    except UnidentifiedImageError as problem:
        raise NotAPicture from problem
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as problem:
        raise NotAPicture(TOO_LARGE) from problem
    except (OSError, SyntaxError, ValueError) as problem:
        raise NotAPicture(BROKEN) from problem
    if picture.width * picture.height > MOST_PIXELS:
        picture.close()
        raise NotAPicture(TOO_LARGE)
    return picture, picture.format


def _flat(picture):
    """Decoded to its last dot, turned upright, on white, without anything but the dots."""
    try:
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        with_alpha = upright.convert("RGBA")
    except (OSError, SyntaxError, ValueError, EOFError) as problem:
        raise NotAPicture(BROKEN) from problem
    paper = Image.new("RGB", with_alpha.size, "white")
    paper.paste(with_alpha, mask=with_alpha.getchannel("A"))
    return paper


def _written(picture, kind, **how):
    out = BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()
