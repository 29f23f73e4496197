"""Why a file of stations is refused as a whole, or a verb on it."""

from callcenter.errors import CallCenterError


class ImportNotFound(CallCenterError):
    """There is no such import."""

    code = "station_import_not_found"
    status = 404
    message_zh = "没有这次导入。"
    message_en = "There is no such import."


class ImportNotPlanned(CallCenterError):
    """It was applied before."""

    code = "station_import_applied_before"
    message_zh = "这次导入已经执行过。要再导入,请重新上传文件。"
    message_en = "This import was applied before. Upload the file again to import once more."


class ImportNotApplied(CallCenterError):
    """Only what was applied, and not undone yet, can be undone."""

    code = "station_import_not_applied"
    message_zh = "这次导入没有执行过,或已经撤销。"
    message_en = "This import was not applied, or is undone already."


class ImportHasRefusedRows(CallCenterError):
    """Strict: all rows or none."""

    code = "station_import_has_refused_rows"
    message_zh = "有 {refused} 行不能导入,严格模式下什么都没有写入。请按错误文件改正后重新上传。"
    message_en = (
        "{refused} rows cannot be imported, and strictly nothing was written. Correct them as the "
        "error file says and upload it again."
    )
