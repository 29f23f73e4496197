"""All pages, in one list."""

from callcenter.web.routes import Route

ROUTES: list[Route] = []
