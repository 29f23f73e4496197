"""Before a start: whether there is a switch, and its configuration."""

import structlog

from callcenter.settings import Settings
from callcenter.telephony.asterisk import package
from callcenter.telephony.asterisk.config import write_config
from callcenter.telephony.asterisk.installation import AsteriskUnusable

log = structlog.get_logger()


def prepare_switch(settings: Settings) -> bool:
    """Whether one is to be run; its files are written then. One that is wanted and cannot be had is
    said, and the service starts without it. Blocks."""
    folder = settings.data_dir / "asterisk"
    wanted = settings.asterisk.run
    if wanted == "off" or (wanted == "auto" and not (folder / "fetched").is_dir()):
        return False
    try:
        installation = package.find(folder, settings.asterisk_debs)
        write_config(folder / "run", settings.asterisk, installation)
    except (AsteriskUnusable, ValueError, OSError) as failure:
        log.error("no_switch", error=str(failure))
        return False
    return True
