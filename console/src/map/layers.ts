import landUrl from 'world-atlas/land-50m.json?url'
import Feature from 'ol/Feature'
import TopoJSON from 'ol/format/TopoJSON'
import type { Geometry } from 'ol/geom'
import LineString from 'ol/geom/LineString'
import OlPoint from 'ol/geom/Point'
import { circular } from 'ol/geom/Polygon'
import VectorLayer from 'ol/layer/Vector'
import { fromLonLat } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import type { Style } from 'ol/style'
import type { CarMark, Point, StationMark } from './marks'
import * as look from './styles'

/** What is drawn: the coast, names of towns, and the rescue upon them. */

export interface Town extends Point {
  zh: string
  en: string
}

export interface Shown {
  cars: readonly CarMark[]
  stations: readonly StationMark[]
  truck: (Point & { age: string }) | null
}

/** The coast alone (Natural Earth, no borders), one of our own files. */
export function coast(isDark: boolean): VectorLayer {
  const source = new VectorSource({ url: landUrl, format: new TopoJSON() })
  const layer = new VectorLayer({ source })
  paint(layer, isDark)
  return layer
}

export function paint(layer: VectorLayer, isDark: boolean): void {
  const colours = look.coloursOf(isDark)
  layer.setBackground(colours.sea)
  layer.setStyle(look.landStyle(colours))
}

export function townFeatures(towns: readonly Town[], language: string, isDark: boolean): Feature[] {
  const colours = look.coloursOf(isDark)
  return towns.map((town) => {
    const name = language === 'zh' ? town.zh || town.en : town.en
    return at(town, look.townStyle(name, colours))
  })
}

/** The rescue itself: the truck and the car above, then who would come, then who would not. */
export function rescueFeatures({ cars, stations, truck }: Shown, isDark: boolean): Feature[] {
  const colours = look.coloursOf(isDark)
  const car = cars[0]
  return [
    ...cars.flatMap((one) => accuracy(one)),
    ...stations.map((one) => at(one, look.stationStyle(one.kind, one.number, one.name, colours))),
    ...(truck && car ? [drawn(new LineString([truck, car].map(onMap)), look.wayStyle())] : []),
    ...cars.map((one) => at(one, look.carStyle(one.isConfirmed, one.age, colours))),
    ...(truck ? [at(truck, look.truckStyle(truck.age, colours))] : []),
  ]
}

function accuracy(car: CarMark): Feature[] {
  if (car.accuracyM === null || car.accuracyM < 5) return []
  const circle = circular([car.lon, car.lat], car.accuracyM, 64).transform('EPSG:4326', 'EPSG:3857')
  return [drawn(circle, look.accuracyStyle())]
}

function at(point: Point, style: Style | Style[]): Feature {
  return drawn(new OlPoint(onMap(point)), style)
}

function drawn(geometry: Geometry, style: Style | Style[]): Feature {
  const feature = new Feature(geometry)
  feature.setStyle(style)
  return feature
}

export function onMap({ lat, lon }: Point): number[] {
  return fromLonLat([lon, lat])
}
