"""Answers of a geocoder, kept in the database: nobody asks, or pays, twice for one address."""

import hashlib
import json
from dataclasses import asdict

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.places import repository
from callcenter.places.geocoding.asking import Geocoding
from callcenter.places.geocoding.port import Answer, Found, GeocoderPort
from callcenter.settings import GeocodingSettings


class CachedGeocoder:
    """Asks outside of any transaction; keeps answers, never failures. The words themselves are
    not kept, only their digest; what was found ends after the days of the settings."""

    def __init__(
        self, geocoder: GeocoderPort, database: Database, settings: GeocodingSettings
    ) -> None:
        self._geocoder = geocoder
        self._database = database
        self._settings = settings

    async def find(self, words: str) -> Answer:
        """From the database, else asked and kept; raises only what the database does."""
        provider, asked = self._settings.provider, _digest(words)
        days = self._settings.keep_days
        async with self._database.reading() as tx:
            kept = await repository.geocode_answer(tx, provider=provider, asked=asked, days=days)
        if kept is not None:
            return _answer_of(kept)
        answer = await self._geocoder.find(words)
        if answer.failure is None:
            text = json.dumps([asdict(found) for found in answer.found], ensure_ascii=False)

            async def keep(tx: Tx) -> None:
                await repository.keep_geocode_answer(
                    tx, provider=provider, asked=asked, answer=text, days=days
                )

            await self._database.run(keep)
        return answer


def geocoder_of(settings: GeocodingSettings) -> Geocoding | None:
    """The geocoder of the settings, None while it is switched off: without a provider, without
    the key or the host that it needs."""
    return Geocoding(settings) if settings.is_on else None


def _digest(words: str) -> str:
    return hashlib.sha256(" ".join(words.split()).casefold().encode("utf-8", "replace")).hexdigest()


def _answer_of(text: str) -> Answer:
    return Answer(tuple(Found(**found) for found in json.loads(text)))
