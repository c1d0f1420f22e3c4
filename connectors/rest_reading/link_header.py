"""The ``Link`` header (RFC 8288), as far as paging needs it."""

import re

LINK = re.compile(r'<([^<>]*)>((?:\s*;\s*[^\s"=;,]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s";,]*))?)*)')
RELATION = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s";,]+))', re.IGNORECASE)


def next_link(header: str) -> str | None:
    """Return where the next page is; None where the header names none.

    >>> next_link('</models?page=1>; rel="prev", </models?a=1,2&page=3>; title="a; rel=x, b"; rel="last Next"')
    '/models?a=1,2&page=3'
    """
    for link in LINK.finditer(header):
        relation = RELATION.search(_without_texts(link[2]))
        if relation and "next" in (relation[1] or relation[2] or "").lower().split():
            return link[1].strip()
    return None


def _without_texts(parameters: str) -> str:
    """Return parameters without the text of any but ``rel``, in which a ``rel`` could stand too."""
    return re.sub(r';\s*(?!rel\s*=)[^\s"=;,]+\s*=\s*"(?:[^"\\]|\\.)*"', "", parameters, flags=re.IGNORECASE)
