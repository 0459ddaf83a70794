"""Values as the text of a JSON file that any terminal and any eye can be shown."""

import json
import re

__all__ = ["json_text"]

OBEYED = re.compile(
    "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
)
"""What a terminal would obey, an eye be misled by or not see, or YAML refuse; JSON can say it in another way."""


def json_text(value: object, indent: int = 2) -> str:
    """Write a value as JSON, letters as they are; what may not be shown stands there as its number."""
    written = json.dumps(value, ensure_ascii=False, indent=indent)
    return OBEYED.sub(lambda found: json.dumps(found[0])[1:-1], written) + "\n"
