import landUrl from 'world-atlas/land-50m.json?url'
import Feature from 'ol/Feature'
import TopoJSON from 'ol/format/TopoJSON'
import type { Geometry } from 'ol/geom'
import LineString from 'ol/geom/LineString'
import OlPoint from 'ol/geom/Point'
import { circular } from 'ol/geom/Polygon'
import VectorLayer from 'ol/layer/Vector'
import type { Projection } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import type { Style } from 'ol/style'
import type { CarMark, Point, StationMark } from './marks'
import { onPlane } from './projections'
import * as look from './styles'

/** What is drawn: the coast, names of towns, and the rescue upon them. */

/** The plane that is drawn on, and how things look there. */
export interface Looks {
  plane: Projection
  isDark: boolean
}

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
export function coast(): VectorLayer {
  return new VectorLayer({ source: coastSource() })
}

/** A source keeps what it has read on the plane of that time: another plane needs a new one. */
export function coastSource(): VectorSource {
  return new VectorSource({ url: landUrl, format: new TopoJSON() })
}

export function paint(layer: VectorLayer, isDark: boolean): void {
  const colours = look.coloursOf(isDark)
  layer.setBackground(colours.sea)
  layer.setStyle(look.landStyle(colours))
}

export function townFeatures(
  towns: readonly Town[],
  language: string,
  isDark: boolean,
  plane: Projection,
): Feature[] {
  const colours = look.coloursOf(isDark)
  return towns.map((town) => {
    const name = language === 'zh' ? town.zh || town.en : town.en
    return at(town, plane, look.townStyle(name, colours))
  })
}

/** The rescue itself: the truck and the car above, then who would come, then who would not. */
export function rescueFeatures({ cars, stations, truck }: Shown, { plane, isDark }: Looks): Feature[] {
  const colours = look.coloursOf(isDark)
  const car = cars[0]
  return [
    ...cars.flatMap((one) => accuracy(one, plane)),
    ...stations.map((one) => at(one, plane, look.stationStyle(one.kind, one.number, one.name, colours))),
    ...(truck && car ? [drawn(new LineString([truck, car].map((one) => onPlane(one, plane))), look.wayStyle())] : []),
    ...cars.map((one) => at(one, plane, look.carStyle(one.isConfirmed, one.age, colours))),
    ...(truck ? [at(truck, plane, look.truckStyle(truck.age, colours))] : []),
  ]
}

function accuracy(car: CarMark, plane: Projection): Feature[] {
  if (car.accuracyM === null || car.accuracyM < 5) return []
  const circle = circular([car.lon, car.lat], car.accuracyM, 64).transform('EPSG:4326', plane)
  return [drawn(circle, look.accuracyStyle())]
}

export function at(point: Point, plane: Projection, style: Style | Style[]): Feature {
  return drawn(new OlPoint(onPlane(point, plane)), style)
}

function drawn(geometry: Geometry, style: Style | Style[]): Feature {
  const feature = new Feature(geometry)
  feature.setStyle(style)
  return feature
}
