"""Every setting, read once at the start and passed down. Business numbers carry their unit."""

import os
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from callcenter.map_settings import MapSettings
from callcenter.outbound_settings import OutboundSettings
from callcenter.sender_settings import SenderSettings
from callcenter.telephony_settings import AsteriskSettings


class Section(BaseModel):
    """Base of the rooms' own settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TravelSettings(Section):
    """A router that measures travel times; none without its address. `within_s`: how long an offer
    may wait for it."""

    url: str | None = None
    engine: Literal["osrm", "valhalla"] = "osrm"
    within_s: float = Field(0.3, gt=0, le=0.3)


class RoutingSettings(Section):
    """How stations are asked, and the clocks after one has accepted. An offer that the station has
    not opened after `duty_phone_after_s` rings its duty phone, for `duty_phone_ring_s`."""

    offer_lifetime_s: float = Field(45, gt=0)
    duty_phone_after_s: float = Field(15, ge=0)
    duty_phone_ring_s: float = Field(15, gt=0)
    urgent_parallel_offers: int = Field(2, ge=1)
    near_ring_km: float = 60
    wide_ring_km: float = 150
    province_ring_km: float = 400
    partner_ring_km: float = 200
    acceptance_deadline_s: float = Field(240, gt=0)
    danger_acceptance_deadline_s: float = Field(120, gt=0)
    alarm_follow_up_s: float = Field(300, gt=0)
    not_located_alarm_s: float = Field(600, gt=0)
    handed_over_alarm_s: float = Field(1800, gt=0)
    departure_deadline_s: float = Field(600, gt=0)
    silence_deadline_s: float = Field(900, gt=0)
    growing_distance_s: float = Field(300, gt=0)
    place_moved_m: float = Field(300, gt=0)
    travel: TravelSettings = TravelSettings()
    tow_speed_kmh: float = Field(40, gt=0)
    tow_loading_s: float = Field(900, ge=0)
    tow_reach_km: float = Field(100, gt=0)
    yard_reach_km: float = Field(100, gt=0)
    tow_wait_minutes: float = Field(60, ge=0)
    morning_delivery_s: float = Field(10800, gt=0)


class QueueSettings(Section):
    """How long a call rings at an agent, when a browser counts as gone, how call-backs are tried.

    `handling_s`: the estimate of a call with its wrap-up while there are none to measure.
    """

    ring_s: float = Field(15, gt=0)
    silence_s: float = Field(4, gt=0)
    look_every_s: float = Field(0.5, gt=0)
    call_back_pause_s: float = Field(600, ge=0)
    call_back_attempts: int = Field(3, ge=1)
    handling_s: float = Field(300, gt=0)


class PlacesSettings(Section):
    """When a fix needs a person, and how long a location link lives."""

    fix_max_age_s: float = Field(60, gt=0)
    fix_max_accuracy_m: float = Field(200, gt=0)
    link_lifetime_s: int = Field(1800, gt=0)
    link_max_submissions: int = Field(5, ge=1)


class GeocodingSettings(Section):
    """An online service that knows addresses; off unless it is named with the key it needs, or,
    for one without a key, with its host. `domain`: the host of a private one, with its port."""

    provider: Literal["", "amap", "tianditu", "baidu", "nominatim", "photon"] = ""
    key: SecretStr | None = None
    domain: str = Field("", pattern=r"^[A-Za-z0-9.:\-\[\]]*$")
    scheme: Literal["https", "http"] = "https"
    timeout_s: float = Field(3, gt=0, le=30)
    rate_per_s: float = Field(3, gt=0)
    keep_days: int = Field(30, ge=1)

    @property
    def is_on(self) -> bool:
        """Whether it can be asked."""
        if self.provider in ("amap", "tianditu", "baidu"):
            return self.key is not None and bool(self.key.get_secret_value().strip())
        return bool(self.provider and self.domain)


class TicketSettings(Section):
    """A resolved rescue closes by itself after this time."""

    close_resolved_s: float = Field(86400, gt=0)


class SessionSettings(Section):
    """How long a sign-in lasts, and how often it may fail: of one account, and from one address,
    behind which a whole office may sit."""

    idle_s: float = Field(1800, gt=0)
    absolute_s: float = Field(43200, gt=0)
    max_failures: int = Field(5, ge=1)
    max_failures_of_address: int = Field(100, ge=1)
    failure_window_s: float = Field(900, gt=0)


class PushSettings(Section):
    """The push services that may be asked to tell a phone of an offer, by the end of their host's
    name: none switches it off. `contact`: whom they may write to (mailto: or https:); by itself the
    public address. `allow_loopback` is for tests."""

    services: tuple[str, ...] = (
        "fcm.googleapis.com",
        "push.services.mozilla.com",
        "push.apple.com",
        "notify.windows.com",
    )
    contact: str = Field("", pattern=r"^((mailto:|https://)\S+)?$")
    allow_loopback: bool = False


class TelephonySettings(Section):
    """Carriers that speak by webhook. `twiml_key` signs what a TwiML carrier sends: without it
    those routes are not there; nor are VoiceXML's unless `voicexml` is on. `group_addresses`: where
    a group of agents is reached (tel: or sip:) when the carrier itself has no queue of that name;
    `fallback_number` rings when a call can go nowhere else."""

    twiml_key: SecretStr | None = None
    voicexml: bool = False
    voicexml_wait_s: int = Field(600, gt=0)
    group_addresses: dict[str, str] = {}
    fallback_number: str = Field("", max_length=40)


class JobSettings(Section):
    """How soon a dead worker's job is taken by another, how often the queue is looked at."""

    heartbeat_timeout_s: float = Field(5, gt=0)
    poll_s: float = Field(1, gt=0)
    watchdog_s: float = Field(5, gt=0)


MOST_WEB_PROCESSES = 6
"""The embedded PostgreSQL takes 200 connections, and each web process up to 24 of them."""


def half_of_the_cores() -> int:
    """Web processes for this machine: more of them take from PostgreSQL (docs/benchmarks.md)."""
    return min(max(1, len(os.sched_getaffinity(0)) // 2), MOST_WEB_PROCESSES)


def absolute_address(url: str | None) -> str | None:
    """The address when links can begin with it, https://care.example.cn; raises ValueError."""
    if not url:
        return None
    parts = urlsplit(url)
    # Reading the port raises when it is none.
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
        raise ValueError("must be a whole address: https://care.example.cn")
    if parts.query or parts.fragment or "@" in parts.netloc or len(url.split()) != 1:
        raise ValueError("must end behind the host or path: https://care.example.cn")
    return url


class Settings(BaseSettings):
    """The whole, read from CALLCENTER_* by `__main__` alone; a section's as CALLCENTER_X__Y."""

    model_config = SettingsConfigDict(
        env_prefix="CALLCENTER_", env_nested_delimiter="__", frozen=True, extra="ignore"
    )
    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535)
    public_url: str | None = None
    hotline: str = "400-000-0000"
    tls_cert: Path | None = None
    tls_key: Path | None = None
    database_url: SecretStr | None = None
    data_dir: Path = Path(".data")
    demo: bool = False
    log_level: str = "warning"
    log_json: bool = False
    largest_import_mib: int = Field(200, ge=1, le=2000)
    web_processes: int = Field(default_factory=half_of_the_cores, ge=1)
    asterisk: AsteriskSettings = AsteriskSettings()
    asterisk_debs: Path | None = None
    routing: RoutingSettings = RoutingSettings()
    queue: QueueSettings = QueueSettings()
    places: PlacesSettings = PlacesSettings()
    geocoding: GeocodingSettings = GeocodingSettings()
    map: MapSettings = MapSettings()
    tickets: TicketSettings = TicketSettings()
    sessions: SessionSettings = SessionSettings()
    jobs: JobSettings = JobSettings()
    push: PushSettings = PushSettings()
    senders: SenderSettings = SenderSettings()
    telephony: TelephonySettings = TelephonySettings()
    outbound: OutboundSettings = OutboundSettings()

    _whole_address = field_validator("public_url")(absolute_address)

    @property
    def base_url(self) -> str:
        """What links begin with: the public address, or the one served on."""
        if self.public_url:
            return self.public_url.rstrip("/")
        return self.local_url

    @property
    def local_url(self) -> str:
        """Where this machine reaches the service."""
        scheme = "https" if self.tls_cert else "http"
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"{scheme}://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def push_contact(self) -> str:
        """Whom a push service may write to about what we send."""
        host = urlsplit(self.base_url).hostname
        return self.push.contact or f"https://{host}"

    @property
    def database_dsn(self) -> str:
        """The database served from; raises when the parent has not said which."""
        if self.database_url is None:
            raise RuntimeError("CALLCENTER_DATABASE_URL is not set")
        return self.database_url.get_secret_value()
