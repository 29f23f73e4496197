"""A supervisor brings stations in from a file, sees first what it would do, and takes it back."""

from callcenter.web.sheets.write import xlsx
from tests.portal.conftest import Office

HEADINGS = ["编号", "名称", "纬度", "经度", "省份", "电话", "颜色"]
SHEET = xlsx(
    HEADINGS,
    [
        ["SY1", "东望站", "41.8057", "123.4315", "辽宁", "13900000000", "红"],
        ["SY2", "北望站", "41.9057", "123.4315", "辽宁", "12", ""],
        ["SY3", "南望站", "123.4", "41.8", "辽宁", "", ""],
    ],
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def test_a_file_is_tried_out_applied_and_undone(office: Office):
    boss = await office.colleague("supervisor")
    await boss.goes_to("/desk")
    await boss.page.get_by_role("link", name="服务站导入导出").click()
    await boss.page.set_input_files(
        "[name=file]", {"name": "网点.xlsx", "mimeType": XLSX, "buffer": SHEET}
    )
    await boss.presses("试算")
    for words in ("还没有写入任何服务站", "颜色", "值班电话", "写反"):
        await boss.sees(words)
    async with office.service.database.reading() as tx:
        assert await tx.connection.fetchval("select count(*) from stations") == 0

    async with boss.page.expect_download() as errors:
        await boss.page.get_by_role("link", name="下载错误文件").click()
    assert (await errors.value).suggested_filename == "stations-errors.xlsx"
    await boss.page.check("[name=strict]")
    await boss.presses("导入 1 行")
    await boss.sees("严格模式下什么都没有写入")
    await boss.presses("导入 1 行")
    await boss.sees("已导入")
    assert not await boss.is_too_wide()

    await boss.presses("撤销导入")
    await boss.sees("已撤销")
    async with office.service.database.reading() as tx:
        assert await tx.connection.fetchval("select suspended_at from stations") is not None

    async with boss.page.expect_download() as exported:
        await boss.page.get_by_role("link", name="导出 Excel").click()
    assert (await exported.value).suggested_filename == "stations.xlsx"


async def test_what_is_no_sheet_is_refused_in_words_on_the_page(office: Office):
    admin = await office.colleague("admin")
    await admin.goes_to("/desk/stations")
    await admin.sees("服务站导入导出")
    await admin.page.set_input_files(
        "[name=file]", {"name": "x.csv", "mimeType": "text/csv", "buffer": b"\x00\x01"}
    )
    await admin.presses("试算")
    await admin.sees("表格文件打不开")
