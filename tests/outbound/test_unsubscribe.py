"""An owner ends our e-mails by his mail program's button: at once, and the next claim sees it."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import aiohttp
import pytest

from callcenter.customers import edits
from callcenter.customers import service as customers
from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel, Purpose
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.model import Outcome
from callcenter.outbound.unsubscribe import UnsubscribeLinks
from callcenter.places.intake import Intake
from callcenter.web.links import SignedLinks
from tests.messages.test_smtp import MailServer, by, mail_server
from tests.outbound.campaigns.test_story import approved, owners
from tests.outbound.test_replies import owner_of, touches_of
from tests.service import Service, eventually, running

HTTPS = "https://care.example.cn"
DUE_NOW = """
insert into touches (id, run_id, campaign_id, owner_id, vehicle_id, step, attempt, channel, purpose,
    variant, priority, bucket, due_at, expires_at)
select gen_random_uuid(), run_id, campaign_id, owner_id, vehicle_id, 1, 1, channel, purpose,
    variant, priority, bucket, now(), now() + interval '1 day'
from touches where step = 0 and owner_id = $1
on conflict (run_id, owner_id, step, attempt) do update
set state = 'ready', reason = '', due_at = now(), settled_at = null
returning 1
"""
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def by_mail() -> dict[str, Any]:
    """The maintenance reminder said by two e-mails; the second waits for no answer to the first."""
    plan: dict[str, Any] = template(CampaignKind.MAINTENANCE).plan.model_dump(mode="json")
    step = plan["steps"][0] | {"way": "email", "wait_hours": 1}
    plan |= {"steps": [step, step], "costs": {"email": "0.01"}, "hold_out_percent": 0}
    for variant in plan["variants"]:
        said = variant["words"]["text"]
        variant["words"] = {"email": said | {"subject_zh": "保养到期", "subject_en": "Service due"}}
    return plan


async def with_addresses(service: Service, count: int) -> UUID:
    """Owners whose cars were never serviced, each with an address; the audience of them."""
    audience = await owners(service, count)

    async def give(tx: Tx) -> None:
        for number in range(count):
            (owner,) = await customers.find_by_phone(tx, f"+861380013800{number}")
            await edits.edit_owner(tx, "test", owner, {"email": f"wang{number}@example.cn"})

    await service.database.run(give)
    return audience


async def letter_of(at: MailServer) -> Any:
    async def one() -> Any:
        return at.letters[0] if at.letters else None

    return await eventually(one)


async def press(service: Service, url: str, body: dict[str, str] | None) -> tuple[int, str]:
    """Opened (None) or pressed, as a mail program does: no cookie, no key, nothing followed."""
    page = service.server.make_url(urlsplit(url).path)
    async with aiohttp.ClientSession() as session:
        ask = session.get(page) if body is None else session.post(page, data=body)
        async with ask as answer:
            return answer.status, await answer.text()


async def test_one_click_silences_and_nothing_else_is_mailed(database: Database, intake: Intake):
    async with (
        mail_server() as at,
        running(database, intake, senders=by(at), public_url=HTTPS, outbound=True) as service,
    ):
        audience = await with_addresses(service, 8)
        await approved(service, audience, plan=by_mail())
        letter = await letter_of(at)
        url = letter["List-Unsubscribe"].strip(" <>")
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        # Whose program knows no button finds the same address in the words.
        assert url in letter.get_content()
        number = letter["To"].removeprefix("wang")[0]
        who = await owner_of(database, f"+861380013800{number}")

        # Scanners open every link: that is not his word.
        status, page = await press(service, url, None)
        assert (status, "不再发邮件" in page) == (200, True)
        reach = await database.run(lambda tx: consents.reach_of(tx, who))
        assert Channel.EMAIL not in reach.silent
        for _ in range(2):
            assert (await press(service, url, ONE_CLICK))[0] == 200
        reach = await database.run(lambda tx: consents.reach_of(tx, who))
        assert reach.silent == {Channel.EMAIL}
        first, *rest = await touches_of(database, who)
        assert first == (0, "sent", Outcome.OPTED_OUT)
        assert [(state, outcome) for _, state, outcome in rest] in ([], [("withdrawn", None)])

        # What waits for him all the same is seen by its claim.
        async with database.transaction() as tx:
            assert await tx.connection.fetchval(DUE_NOW, who) == 1

        async def judged() -> Any:
            async with database.reading() as tx:
                rows = await tx.connection.fetch(
                    "select state, reason from touches where step = 1 and owner_id = $1", who
                )
            return next((tuple(row) for row in rows if row["state"] != "ready"), None)

        assert await eventually(judged) == ("skipped", "silent")
    assert sum(one["To"] == letter["To"] for one in at.letters) == 1


async def test_without_https_there_is_the_page_but_no_button_that_acts_by_itself(
    database: Database, intake: Intake
):
    async with (
        mail_server() as at,
        running(database, intake, senders=by(at), outbound=True) as service,
    ):
        await approved(service, await with_addresses(service, 6), plan=by_mail())
        letter = await letter_of(at)
        url = letter["List-Unsubscribe"].strip(" <>")
        assert url.startswith("http://")
        assert letter["List-Unsubscribe-Post"] is None
        assert (await press(service, "/u/" + "a" * 38, ONE_CLICK))[0] == 410


@pytest.mark.parametrize("purpose", list(Purpose))
def test_all_but_his_safety_can_be_ended(purpose: Purpose):
    links = UnsubscribeLinks(HTTPS, SignedLinks(b"k" * 32))
    page = links.of_touch(new_id(), purpose)
    assert (page is None) == (purpose is Purpose.SAFETY)
