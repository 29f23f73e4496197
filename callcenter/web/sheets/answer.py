"""A sheet as an answer: a file that the browser keeps."""

from aiohttp import web

from callcenter.web.sheets.write import MEDIA_TYPES, Format


def sheet_response(data: bytes, how: Format, name: str) -> web.Response:
    """`name` is ASCII, without its ending."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{how}"'}
    return web.Response(body=data, content_type=MEDIA_TYPES[how], headers=headers)
