import type { Box, Point } from '../map/marks'
import type { MapRescue, MapStation, StationState } from './wire'

/** What the lists beside the map hold. Pure. */

export const STATES: readonly StationState[] = ['free', 'busy', 'off_duty', 'suspended']

/** Alarms first, then who has waited longest where it stands. */
export function byUrgency(rescues: readonly MapRescue[]): MapRescue[] {
  return [...rescues].sort(
    (one, other) => Number(other.rings) - Number(one.rings) || Date.parse(one.stage_since) - Date.parse(other.stage_since),
  )
}

export function countStates(stations: readonly MapStation[]): Record<StationState, number> {
  const counts = { free: 0, busy: 0, off_duty: 0, suspended: 0 }
  for (const { state } of stations) counts[state]++
  return counts
}

export function isWithin({ lat, lon }: Point, box: Box | null): boolean {
  return box === null || (lat >= box.south && lat <= box.north && lon >= box.west && lon <= box.east)
}
