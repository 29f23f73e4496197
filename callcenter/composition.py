"""Everything that works behind the routes, put together once for web and worker."""

from callcenter.calls import reactions as calls
from callcenter.customers.by_file import jobs as owners_by_file
from callcenter.db.jobs import Work, subscriptions
from callcenter.db.transaction import Subscriptions
from callcenter.messages import sending as messages
from callcenter.messages.carriers import Carriers, inboxes
from callcenter.messages.following import Follower
from callcenter.messages.inbound import Reader
from callcenter.outbound.campaigns import reactions as campaigns
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.campaigns.plan_links import PlanLinks
from callcenter.outbound.campaigns.rendering import Renderer
from callcenter.outbound.dialling import reactions as dialling
from callcenter.outbound.dialling.by_campaign import CampaignTouches
from callcenter.outbound.due import reactions as due
from callcenter.outbound.replies import Replies
from callcenter.outbound.touches.by_message import TouchFollower
from callcenter.outbound.unsubscribe import UnsubscribeLinks
from callcenter.routing import reactions as routing
from callcenter.settings import Settings
from callcenter.stations.repository import ids_by_code
from callcenter.telephony.simulator import service as simulator
from callcenter.tickets import reactions as tickets
from callcenter.web.links import SignedLinks


def all_subscriptions() -> Subscriptions:
    """Which reactions each kind of fact wakes, over all rooms."""
    merged: dict[str, tuple[str, ...]] = {}
    for room in (tickets, routing, campaigns, dialling, due):
        for kind, names in subscriptions(room.SUBSCRIPTIONS).items():
            merged[kind] = (*merged.get(kind, ()), *names)
    return merged


def message_follower() -> Follower:
    """Who follows messages, in the process that sends them and in the one that hears of them."""
    return TouchFollower(after_touch)


def text_reader(settings: Settings, links: SignedLinks) -> Reader:
    """Who knows what a text means that comes back."""
    return Replies(settings.base_url, links)


def unsubscribe_links(settings: Settings, links: SignedLinks) -> UnsubscribeLinks:
    """Where owners say that they want no more e-mails."""
    return UnsubscribeLinks(settings.base_url, links)


def renderer(settings: Settings, links: SignedLinks) -> Renderer:
    """Who puts the touches of campaigns into words."""
    rules = settings.outbound
    names = {"zh": rules.name_zh, "en": rules.name_en}
    return Renderer(PlanLinks(settings.base_url, links), settings.hotline, names)


def called_touches(settings: Settings, links: SignedLinks) -> CampaignTouches:
    """Touches by telephone, as the dialling asks for them."""
    return CampaignTouches(renderer(settings, links))


def all_work(settings: Settings, links: SignedLinks, carriers: Carriers | None = None) -> Work:
    """All reactions, timers and errands, over all rooms; without carriers nothing leaves."""
    rooms = (
        messages.work(carriers or inboxes(), settings.senders.give_up_s, message_follower()),
        tickets.work(settings, links),
        calls.work(settings.queue),
        routing.work(settings, links),
        campaigns.work(),
        dialling.work(called_touches(settings, links)),
        due.work(),
        simulator.work(settings),
        owners_by_file.work(ids_by_code),
    )
    return Work(
        reactions={name: act for room in rooms for name, act in room.reactions.items()},
        timers={name: act for room in rooms for name, act in room.timers.items()},
        errands={name: act for room in rooms for name, act in room.errands.items()},
        at_once={name: most for room in rooms for name, most in room.at_once.items()},
    )
