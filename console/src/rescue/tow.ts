import type { Destination, SecondLeg, Stop, Tow } from './wire'

/** Where a car that cannot be mended is taken, as the desk looks at it. Pure. */

export interface TowSeen {
  tow: Tow
  /** Where it goes, or is. */
  at: Destination | null
  stop: Stop | null
  /** Of a yard: the workshop for the morning. */
  workshop: Stop | null
  refused: readonly Destination[]
  /** Somebody still has something to do with the car, or must say where it is. */
  goesOn: boolean
}

/** The last tow that has not ended without a car on it. */
export function towSeen(leg: SecondLeg): TowSeen | null {
  const tow = leg.tows.findLast((one) => one.stage !== 'ended')
  if (tow === undefined) return null
  const at = tow.destinations.find((one) => one.id === tow.destination_id) ?? null
  return {
    tow,
    at,
    stop: stopOf(leg, at?.station_id),
    workshop: stopOf(leg, at?.workshop_id),
    refused: tow.destinations.filter((one) => one.refused_at !== null),
    goesOn: tow.stage !== 'delivered' || at === null,
  }
}

export function stopOf(leg: SecondLeg, id: string | null | undefined): Stop | null {
  return leg.stops.find((one) => one.id === id) ?? null
}

/** When the workshop opens at whose gate the truck waits; null: it does not wait. */
export function waitsUntil({ tow, at }: TowSeen): string | null {
  const isUnderWay = tow.stage === 'planned' || tow.stage === 'loaded'
  return isUnderWay && at?.kind === 'workshop' ? at.opens_at : null
}
