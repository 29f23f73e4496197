"""The one zone in which opening hours and duty are meant."""

from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
