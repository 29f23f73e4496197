"""The addresses of the web page: one that anybody may begin by, one for each response."""

from uuid import UUID

from callcenter.web.links import SignedLinks

BEGIN = "survey"
GO_ON = "response"


def begin_path(links: SignedLinks, survey_id: UUID) -> str:
    """Where anybody may begin; it ends when the survey is closed."""
    return f"/survey/{links.make(BEGIN, survey_id)}"


def page_path(links: SignedLinks, response_id: UUID) -> str:
    """Where this response goes on; it ends when the response's time is over."""
    return f"/q/{links.make(GO_ON, response_id)}"
