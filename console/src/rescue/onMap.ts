import type { CarMark, Point } from '../map/marks'
import { ageOf } from './ages'
import type { Told } from './PlaceEntry.vue'
import type { Desk } from './wire'

/** The car and the truck as the map shows them; ages in words, never an old fix as a new one. */

type Words = (key: string, named: { n: number }) => string

function age(at: string, nowMs: number, t: Words): string {
  const { unit, n } = ageOf(at, nowMs)
  return t(`rescue.ago.${unit}`, { n })
}

/** The place that counts, those that wait for a yes, and the one that is being told. */
export function carMarks(desk: Desk, told: Told['spot'], nowMs: number, t: Words): CarMark[] {
  const counts = desk.ticket.place_id
  const known = desk.places.filter(({ place }) => place.id === counts || place.state === 'proposed')
  const marks = known.map(({ place }) => ({
    lat: place.lat,
    lon: place.lon,
    isConfirmed: place.id === counts && !place.uncertain,
    accuracyM: place.accuracy_m,
    age: place.fixed_at === null ? '' : age(place.fixed_at, nowMs, t),
  }))
  marks.sort((one, other) => Number(other.isConfirmed) - Number(one.isConfirmed))
  if (told === null) return marks
  return [...marks, { lat: told.lat, lon: told.lon, isConfirmed: false, accuracyM: told.accuracy_m, age: '' }]
}

export function truckMark(desk: Desk, nowMs: number, t: Words): (Point & { age: string }) | null {
  const { truck } = desk.rescue
  return truck && { lat: truck.lat, lon: truck.lon, age: age(truck.fixed_at, nowMs, t) }
}
