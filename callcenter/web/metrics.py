"""What is measured, for Prometheus. One registry per app, so that two apps do not mix."""

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counters of one web process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Histogram(
            "callcenter_request_seconds",
            "Time to answer, by route template and status.",
            ("method", "route", "status"),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.feed_readers = Gauge(
            "callcenter_feed_readers", "Open live feeds.", registry=self.registry
        )
        self.feed_dropped = Counter(
            "callcenter_feed_dropped_total",
            "Feeds ended because their reader was too slow.",
            registry=self.registry,
        )
        self.feed_events = Counter(
            "callcenter_feed_events_total", "Events read from the log.", registry=self.registry
        )
        self.feed_alive = Gauge(
            "callcenter_feed_alive",
            "1 while the log is read for the feeds.",
            registry=self.registry,
        )
        self.queue_age = Gauge(
            "callcenter_queue_age_seconds",
            "Wait of the oldest due job, but for texts of campaigns.",
            registry=self.registry,
        )
        self.jobs_parked = Gauge(
            "callcenter_jobs_parked", "Jobs given up after their last try.", registry=self.registry
        )
        self.worker_alive = Gauge(
            "callcenter_worker_alive", "1 while a worker beats.", registry=self.registry
        )

    def served(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request answered."""
        self._requests.labels(method, route, str(status)).observe(seconds)

    def text(self) -> bytes:
        """In the exposition format."""
        return generate_latest(self.registry)


METRICS = web.AppKey("metrics", Metrics)
