"""Routes of places: whose maps stand beneath the cars and stations, as the settings name them."""

from callcenter.map_settings import MapLayer
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import WireModel

routes = Routes(tags=["places"])


class MapLayerList(WireModel):
    """Maps to choose from; none where no tiles are set."""

    items: list[MapLayer]


@routes.get("/api/v1/places/map-layers", permission=Permission.PLACES_READ, transaction=False)
async def list_map_layers(call: Call) -> MapLayerList:
    """The maps that the settings name, with the keys that a browser needs for their tiles."""
    return MapLayerList(items=list(call.settings.map.layers))
