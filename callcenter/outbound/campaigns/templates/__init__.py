"""Plans to begin with, one for each kind of campaign: data, checked when loaded."""

from functools import cache
from pathlib import Path

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.plan import Plan, PlanModel

FOLDER = Path(__file__).parent


class Template(PlanModel):
    """A kind with its names, its purpose, and a whole plan."""

    kind: CampaignKind
    purpose: Purpose
    name_zh: str
    name_en: str
    plan: Plan


@cache
def template(kind: CampaignKind) -> Template:
    """The plan that a new campaign of this kind begins with."""
    return Template.model_validate_json((FOLDER / f"{kind}.json").read_text("utf-8"))


def templates() -> list[Template]:
    """One for each kind."""
    return [template(kind) for kind in CampaignKind]
