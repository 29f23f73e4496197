import 'ol/ol.css'
import type BaseLayer from 'ol/layer/Base'
import type { Coordinate } from 'ol/coordinate'
import { Zoom } from 'ol/control'
import { boundingExtent } from 'ol/extent'
import LayerGroup from 'ol/layer/Group'
import VectorLayer from 'ol/layer/Vector'
import OlMap from 'ol/Map'
import { getPointResolution, transformExtent, type Projection } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import View from 'ol/View'
import { computed, onBeforeUnmount, watch } from 'vue'
import { useWords } from '../i18n'
import { isDark } from '../shell/theme'
import { coast, coastSource, paint, townFeatures } from './layers'
import type { Box, Picked, Point } from './marks'
import { fromPlane, onPlane, planeOf } from './projections'
import { tileLayers } from './tiles'
import { useMapLayers } from './useMapLayers'
import { useTowns } from './useTowns'

const CHINA: Box = { south: 18, west: 73, north: 54, east: 135 }
const DEEPEST = 18
/** Nearer than this no map goes by itself. */
export const CLOSEST = 12
const MARGIN = [45, 45, 45, 45]
/** A pointer is this many pixels off, more or less. */
const POINTER = 5

/**
 * A map with what lies beneath: tiles by the settings, or our own coast and town names. What a view
 * draws upon it is in WGS-84, comes to the map's plane, and is drawn again when `looks` changes.
 */
export function useMap(...above: BaseLayer[]) {
  const { t, locale } = useWords()
  const { layers, chosen, choose } = useMapLayers()
  const { towns, lookAt } = useTowns()
  const plane = computed(() => planeOf(chosen.value?.datum ?? 'wgs84'))
  const land = coast()
  const tiles = new LayerGroup()
  const names = new VectorSource()
  const namesLayer = new VectorLayer({ source: names, declutter: 'words' })
  const map = new OlMap({
    controls: [new Zoom({ zoomInTipLabel: t('map.zoom_in'), zoomOutTipLabel: t('map.zoom_out') })],
    layers: [land, tiles, namesLayer, ...above],
    view: new View({ projection: plane.value, center: [0, 0], zoom: 4, maxZoom: DEEPEST }),
  })

  function drawNames(): void {
    names.clear()
    names.addFeatures(townFeatures(towns.value, locale.value, isDark.value, plane.value))
  }

  function lay(): void {
    tiles.getLayers().clear()
    tiles.getLayers().extend(chosen.value === null ? [] : tileLayers(chosen.value))
    namesLayer.setVisible(chosen.value === null)
    paint(land, isDark.value)
  }

  /** The same place on the other plane. */
  function move(to: Projection, from: Projection): void {
    const view = map.getView()
    const center = onPlane(fromPlane(view.getCenter()!, from), to)
    map.setView(new View({ projection: to, center, zoom: view.getZoom() ?? 4, maxZoom: DEEPEST }))
    land.setSource(coastSource())
    drawNames()
  }

  /** What is looked at, in degrees. */
  function box(): Box {
    const extent = map.getView().calculateExtent(map.getSize())
    const [west, south, east, north] = transformExtent(extent, plane.value, 'EPSG:4326')
    const clamp = (degrees: number, most: number): number => Math.min(most, Math.max(-most, degrees))
    return { south: clamp(south!, 90), west: clamp(west!, 180), north: clamp(north!, 90), east: clamp(east!, 180) }
  }

  /** Moves to where these are all seen; to China when there are none. */
  function fit(points: readonly Point[], maxZoom = CLOSEST): void {
    const corners = [{ lat: CHINA.south, lon: CHINA.west }, { lat: CHINA.north, lon: CHINA.east }]
    const shown = (points.length > 0 ? points : corners).map(project)
    const padding = points.length > 0 ? MARGIN : [0, 0, 0, 0]
    map.getView().fit(boundingExtent(shown), { size: map.getSize(), padding, maxZoom })
  }

  function project(point: Point): Coordinate {
    return onPlane(point, plane.value)
  }

  function unproject(coordinate: Coordinate): Picked {
    const resolution = map.getView().getResolution() ?? 1
    const metres = getPointResolution(plane.value, resolution, coordinate) * POINTER
    return { ...fromPlane(coordinate, plane.value), accuracyM: Math.ceil(metres) }
  }

  watch(plane, move)
  watch([chosen, isDark], lay, { immediate: true })
  watch([towns, locale, isDark], drawNames)
  map.on('moveend', () => {
    if (chosen.value === null) void lookAt(box())
  })
  onBeforeUnmount(() => map.setTarget(undefined))
  const looks = computed(() => ({ plane: plane.value, isDark: isDark.value, language: locale.value }))
  return { map, layers, chosen, choose, looks, box, fit, project, unproject }
}

export type MapAt = ReturnType<typeof useMap>
