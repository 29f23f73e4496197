import { getTopLeft, getWidth } from 'ol/extent'
import TileLayer from 'ol/layer/Tile'
import WMTS from 'ol/source/WMTS'
import XYZ from 'ol/source/XYZ'
import WMTSTileGrid from 'ol/tilegrid/WMTS'
import { MERCATOR, planeOf } from './projections'
import type { MapLayer, MapTiles } from './wire'

/** The tiles of a map by the settings, the lowest first. */

const TILE = 256

export function tileLayers({ tiles, datum }: MapLayer): TileLayer[] {
  const projection = planeOf(datum)
  return tiles.map((one) => new TileLayer({ className: 'tiles', source: one.kind === 'wmts' ? wmts(one) : xyz(one) }))

  function xyz({ url, min_zoom, max_zoom }: MapTiles): XYZ {
    return new XYZ({ url, projection, minZoom: min_zoom, maxZoom: max_zoom, referrerPolicy: 'origin' })
  }

  function wmts({ url, layer, style, format, matrix_set, min_zoom, max_zoom }: MapTiles): WMTS {
    const extent = MERCATOR.getExtent()
    const zooms = Array.from({ length: max_zoom - min_zoom + 1 }, (_, above) => min_zoom + above)
    const tileGrid = new WMTSTileGrid({
      origin: getTopLeft(extent),
      resolutions: zooms.map((zoom) => getWidth(extent) / TILE / 2 ** zoom),
      matrixIds: zooms.map(String),
    })
    const names = { layer, style, format, matrixSet: matrix_set }
    return new WMTS({ url, ...names, projection, tileGrid, wrapX: true, referrerPolicy: 'origin' })
  }
}
