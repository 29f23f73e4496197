/** What stands on a map of one rescue, without any map library. Pure. */

export interface Point {
  lat: number
  lon: number
}

/** The car, or a place that was named for it and waits for confirmation. */
export interface CarMark extends Point {
  isConfirmed: boolean
  accuracyM: number | null
  /** The age of the fix in words, where it has one. */
  age: string
}

export type StationKind = 'ranked' | 'asked' | 'holder' | 'passed'

export interface StationMark extends Point {
  id: string
  kind: StationKind
  /** The order of asking, or nothing. */
  number: string
  name: string
}

/** What a person picked on the map, and how far the pointer may be off. */
export interface Picked extends Point {
  accuracyM: number
}

export interface Box {
  south: number
  west: number
  north: number
  east: number
}

/** A box a little larger, on round degrees: moving the map a little asks nothing new. */
export function roundBox({ south, west, north, east }: Box): Box {
  const size = Math.max(north - south, east - west, 0.02)
  const step = 2 ** Math.ceil(Math.log2(size)) / 4
  const down = (degrees: number): number => Math.floor(degrees / step) * step
  const up = (degrees: number): number => Math.ceil(degrees / step) * step
  return {
    south: Math.max(-90, down(south)),
    west: Math.max(-180, down(west)),
    north: Math.min(90, up(north)),
    east: Math.min(180, up(east)),
  }
}

/** When this changes there is something else to look at, and the map moves there. */
export function lookAt(cars: readonly Point[], stations: readonly StationMark[]): string {
  const at = ({ lat, lon }: Point): string => `${lat.toFixed(4)},${lon.toFixed(4)}`
  return [...cars.map(at), ...stations.filter((one) => one.kind !== 'passed').map((one) => one.id)].join(' ')
}
