"""Why a verb on a file of owners or visits is refused."""

from callcenter.errors import CallCenterError


class OwnerImportNotFound(CallCenterError):
    """There is no such import."""

    code = "owner_import_not_found"
    status = 404
    message_zh = "没有这次导入。"
    message_en = "There is no such import."


class OwnerImportNotPlanned(CallCenterError):
    """It is still being read, was refused, or was applied before."""

    code = "owner_import_not_planned"
    message_zh = "这次导入还没有读完,或已经执行过。"
    message_en = "This import is still being read, or was applied before."
