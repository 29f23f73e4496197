"""Who rings in the demo: made-up numbers of a range that exists, the same in every demo."""

SAMPLE_CALLER = "+8613000000001"
SHARED_PHONE = "+8613000000002"
UNKNOWN_CALLER = "+8613000000999"
