"""Stations by file at the desk: headings mapped, tried out, an error row, applied, undone."""

from pathlib import Path

from playwright.async_api import expect

from callcenter.web.sheets.read import read_sheet
from callcenter.web.sheets.write import xlsx
from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, grave_faults
from tests.portal.conftest import Office
from tests.stations.test_by_file_http import HEADINGS, ROWS


async def test_a_sheet_with_an_error_row(office: Office):
    supervisor = await at_the_console(office, "supervisor", "station-imports")
    page = supervisor.page
    sheet = {"name": "网点.xlsx", "mimeType": "", "buffer": xlsx(HEADINGS, ROWS)}
    stations = page.get_by_role("region", name="从表格导入")
    await stations.get_by_label("表格文件").set_input_files([sheet])
    await expect(page.get_by_text("7 列中认出了 5 列")).to_be_visible()
    await expect(page.get_by_role("button", name="试算")).to_be_disabled()
    choice = page.get_by_role("combobox", name="对应为: 网点号")
    await choice.fill("服务站编号")
    await page.get_by_role("option", name="服务站编号").click()
    assert await grave_faults(page) == []
    await page.get_by_role("button", name="试算").click()

    planned = page.get_by_role("region", name="网点.xlsx")
    await expect(planned).to_contain_text("已试算,未执行")
    await expect(planned).to_contain_text("没有读取的列:颜色")
    await expect(planned.locator("tbody tr")).to_have_count(1)
    await expect(planned.locator("tbody tr")).to_contain_text("值班电话")
    async with page.expect_download() as started:
        await planned.get_by_role("link", name="下载错误文件").click()
    errors = read_sheet(Path(await (await started.value).path()).read_bytes())
    assert errors.rows[0].cells[0] == "SY2"

    await planned.get_by_role("button", name="执行导入(1 行)").click()
    await expect(planned).to_contain_text("已执行")
    await page.get_by_role("button", name="English").click()
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    assert not await supervisor.is_too_wide()
    assert await grave_faults(page) == []
    await planned.get_by_role("button", name="Undo this import").click()
    await expect(planned).to_contain_text("undone")
    before = page.get_by_role("region", name="Imports so far")
    await expect(before.get_by_role("link")).to_have_text(["网点.xlsx"])
