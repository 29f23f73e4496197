"""Which sort of file each kind is."""

from callcenter.customers.by_file.model import ImportKind
from callcenter.customers.by_file.owners.sort import OWNERS
from callcenter.customers.by_file.sort import Sort
from callcenter.customers.by_file.visits.sort import VISITS

SORTS: dict[ImportKind, Sort] = {ImportKind.OWNERS: OWNERS, ImportKind.VISITS: VISITS}
