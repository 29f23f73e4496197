"""Why a file of stations is refused as a whole, or a verb on it."""

from callcenter.errors import CallCenterError


class HeadingsMissing(CallCenterError):
    """Without this column no row can be told from another."""

    code = "sheet_headings_missing"
    status = 422
    message_zh = "第一行里没有“{column}”这一列。请用模板的列名,或指定列的对应关系。"
    message_en = (
        'The first row has no column "{column}". Use the headings of the template, or say which '
        "column it is."
    )


class HeadingTwice(CallCenterError):
    """Two columns are the same thing."""

    code = "sheet_heading_twice"
    status = 422
    message_zh = "有两列都是“{column}”(第二列写作“{heading}”)。请删去一列。"
    message_en = 'Two columns are "{column}" (the second says "{heading}"). Delete one of them.'


class MappingUnknown(CallCenterError):
    """A mapping names a column that there is not."""

    code = "sheet_mapping_unknown"
    status = 422
    message_zh = "对应关系里的“{column}”不是已知的列。写法:表中列名=我们的列名,例如 网点号=code。"
    message_en = (
        'The mapping names "{column}", which is no known column. '
        "Write: heading in the sheet=our column, such as shop=code."
    )


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
