"""What an HTTP status is called, the same on every Python: 3.13 renamed four."""

from http import HTTPStatus

_AS_PUBLISHED = {
    413: "Request Entity Too Large",
    414: "Request-URI Too Long",
    416: "Requested Range Not Satisfiable",
    422: "Unprocessable Entity",
}


def status_words(status: int) -> str:
    """In English, as the published contract has it."""
    return _AS_PUBLISHED.get(status) or HTTPStatus(status).phrase
