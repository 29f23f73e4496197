import type { Coordinate } from 'ol/coordinate'
import { addCoordinateTransforms, addProjection, fromLonLat, get, Projection, toLonLat } from 'ol/proj'
import { fromGcj02, toGcj02 } from './gcj02'
import type { Point } from './marks'
import type { MapLayer } from './wire'

/**
 * The plane a map is drawn on: web mercator, over WGS-84 or over GCJ-02. The map takes its tiles'
 * plane, so that these stay sharp, and everything else comes there from WGS-84 and goes back to it.
 */

export const MERCATOR = get('EPSG:3857')!

const EARTH_M = 6378137
const SHIFTED = new Projection({
  code: 'GCJ-02',
  units: 'm',
  global: true,
  extent: MERCATOR.getExtent(),
  worldExtent: MERCATOR.getWorldExtent(),
  getPointResolution: (resolution, [, north]) => resolution / Math.cosh(north! / EARTH_M),
})

function toShifted([lon, lat]: Coordinate): Coordinate {
  const there = toGcj02({ lat: lat!, lon: lon! })
  return fromLonLat([there.lon, there.lat])
}

function fromShifted(coordinate: Coordinate): Coordinate {
  const [lon, lat] = toLonLat(coordinate)
  const here = fromGcj02({ lat: lat!, lon: lon! })
  return [here.lon, here.lat]
}

addProjection(SHIFTED)
addCoordinateTransforms('EPSG:4326', SHIFTED, toShifted, fromShifted)

export function planeOf(datum: MapLayer['datum']): Projection {
  return datum === 'gcj02' ? SHIFTED : MERCATOR
}

export function onPlane({ lat, lon }: Point, plane: Projection): Coordinate {
  return fromLonLat([lon, lat], plane)
}

export function fromPlane(coordinate: Coordinate, plane: Projection): Point {
  const [lon, lat] = toLonLat(coordinate, plane)
  return { lat: lat!, lon: lon! }
}
