import type { Point } from './marks'

/**
 * GCJ-02, the datum of most Chinese maps, for what is drawn upon their tiles. Pure.
 *
 * The same polynomial and the same regions as callcenter/places/datum.py: nothing is shifted outside
 * of the customary box, nor on Taiwan, in Hong Kong and in Macau.
 */

const { PI, abs, cos, sin, sqrt } = Math
const KRASOVSKY_A = 6378245.0
const KRASOVSKY_EE = 0.00669342162296594323
const ROUNDS = 6
/** Hong Kong's northern boundary, to about a kilometre. */
const HONG_KONG_NORTH: readonly (readonly [number, number])[] = [
  [113.83, 22.41],
  [113.88, 22.43],
  [113.95, 22.47],
  [114.01, 22.5],
  [114.06, 22.515],
  [114.11, 22.53],
  [114.16, 22.55],
  [114.23, 22.55],
  [114.45, 22.56],
]

export function toGcj02(point: Point): Point {
  return isShifted(point) ? shift(point) : point
}

export function fromGcj02({ lat, lon }: Point): Point {
  let guess = { lat, lon }
  for (let round = 0; round < ROUNDS; round++) {
    const there = shift(guess)
    guess = { lat: guess.lat - (there.lat - lat), lon: guess.lon - (there.lon - lon) }
  }
  // Where the point comes from decides: the shift itself may have carried it over a boundary.
  return isShifted(guess) ? guess : { lat, lon }
}

function isShifted({ lat, lon }: Point): boolean {
  if (lat < 0.8293 || lat > 55.8271 || lon < 72.004 || lon > 137.8347) return false
  const isTaiwan = lat >= 21.7 && lat <= 25.45 && lon >= 119.9 && lon <= 122.1
  return !isTaiwan && !isHongKong(lat, lon) && !isMacau(lat, lon)
}

function isHongKong(lat: number, lon: number): boolean {
  if (lon < 113.83 || lon > 114.45 || lat < 22.13) return false
  const behind = HONG_KONG_NORTH.findIndex(([east]) => east >= lon)
  const [east, high] = HONG_KONG_NORTH[behind]!
  const [west, low] = HONG_KONG_NORTH[Math.max(behind - 1, 0)]!
  return lat <= (east === west ? high : low + ((high - low) * (lon - west)) / (east - west))
}

function isMacau(lat: number, lon: number): boolean {
  const west = lat > 22.17 ? 113.53 : 113.548
  return lat >= 22.1 && lat <= 22.216 && lon >= west && lon <= 113.61
}

function shift({ lat, lon }: Point): Point {
  const x = lon - 105
  const y = lat - 35
  const phi = (lat * PI) / 180
  const magic = 1 - KRASOVSKY_EE * sin(phi) ** 2
  const metresLat = (((KRASOVSKY_A * (1 - KRASOVSKY_EE)) / (magic * sqrt(magic))) * PI) / 180
  const metresLon = ((KRASOVSKY_A / sqrt(magic)) * cos(phi) * PI) / 180
  return { lat: lat + northwards(x, y) / metresLat, lon: lon + eastwards(x, y) / metresLon }
}

function northwards(x: number, y: number): number {
  const base = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
  return base + waves(x, y, 160, 320)
}

function eastwards(x: number, y: number): number {
  const base = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
  return base + waves(x, x, 150, 300)
}

function waves(x: number, along: number, twelfth: number, thirtieth: number): number {
  const short = 20 * sin(6 * x * PI) + 20 * sin(2 * x * PI) + 20 * sin(along * PI) + 40 * sin((along / 3) * PI)
  return ((short + twelfth * sin((along / 12) * PI) + thirtieth * sin((along / 30) * PI)) * 2) / 3
}
