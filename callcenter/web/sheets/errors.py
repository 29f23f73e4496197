"""Why a sheet is refused as a whole. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class SheetUnreadable(CallCenterError):
    """Neither a workbook nor a text of columns."""

    code = "sheet_unreadable"
    status = 422
    message_zh = "表格文件打不开。请另存为 .xlsx 或 CSV(UTF-8)后再上传;不支持旧的 .xls 和加密文件。"
    message_en = (
        "The sheet cannot be read. Save it as .xlsx or CSV (UTF-8) and upload it again; "
        "old .xls and encrypted files are not read."
    )


class SheetTooLarge(CallCenterError):
    """More than is read at once."""

    code = "sheet_too_large"
    status = 422
    message_zh = "表格太大:最多 {rows} 行、{columns} 列,每格最多 {signs} 字。请拆成几个文件。"
    message_en = (
        "The sheet is too large: at most {rows} rows, {columns} columns and {signs} characters "
        "in a cell. Divide it into several files."
    )


class SheetEmpty(CallCenterError):
    """Headings and at least one row are needed."""

    code = "sheet_empty"
    status = 422
    message_zh = "表格没有内容:第一行应为列名,下面至少有一行数据。"
    message_en = (
        "The sheet is empty: the first row must hold headings, with at least one row below."
    )


class ExportTooLarge(CallCenterError):
    """More rows than one file shall hold."""

    code = "export_too_large"
    status = 422
    message_zh = "符合条件的超过 {rows} 行,一个文件装不下。请缩小筛选范围后再导出。"
    message_en = (
        "More than {rows} rows fit the filters, too many for one file. Narrow the filters down."
    )


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
