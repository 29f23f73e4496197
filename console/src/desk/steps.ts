import type { Owner, Ringing, Ticket, Vehicle } from '../api/wire'

/** What is still to be asked of a caller, and what is known by now. Pure. */

/** Neither of those we know: somebody else at a known phone, another car of a known owner. */
export const OTHER = 'other'
/** Not sure any more: ask anew, even where only one owner has the number. */
export const ASK = 'ask'

/**
 * The ids that were picked, `OTHER`, `ASK`, or empty: nothing yet; and whether it is a rescue. The
 * address holds them.
 */
export interface Picked {
  owner: string
  car: string
  about: '' | 'rescue'
}

export const NOTHING_PICKED: Picked = { owner: '', car: '', about: '' }

export interface Caller {
  /** What to ask next: which of several owners, which of his cars, or what it is about. */
  step: 'who' | 'car' | 'about'
  /** All to whom the number belongs. */
  owners: Owner[]
  owner: Owner | null
  car: Vehicle | null
  /** Name and car are asked for in two fields. */
  isUnknown: boolean
}

/** Who is on the line: one owner with one car is never asked for. */
export function callerOf({ owners }: Ringing, picked: Pick<Picked, 'owner' | 'car'>): Caller {
  const isUnknown = owners.length === 0 || picked.owner === OTHER
  if (isUnknown) return { step: 'about', owners, owner: null, car: null, isUnknown }
  const owner = owners.find((one) => one.id === picked.owner) ?? (owners.length === 1 && picked.owner !== ASK ? owners[0]! : null)
  if (owner === null) return { step: 'who', owners, owner, car: null, isUnknown }
  if (picked.car === OTHER) return { step: 'about', owners, owner, car: null, isUnknown }
  const cars = owner.vehicles
  const car = cars.find((one) => one.id === picked.car) ?? (cars.length === 1 ? cars[0]! : null)
  return { step: car === null && cars.length > 1 ? 'car' : 'about', owners, owner, car, isUnknown }
}

/**
 * What he may ring about: what is open about him or his cars, or from his number and nobody's. `open`
 * are the open tickets of the owner, who is known by now, as they are at this moment.
 */
export function alreadyOf({ tickets }: Ringing, { owner }: Caller, open: readonly Ticket[]): Ticket[] {
  const cars = new Set(owner?.vehicles.map((one) => one.id))
  const his = ({ owner_id, vehicle_id }: Ticket) =>
    owner === null || owner_id === null || owner_id === owner.id || (vehicle_id !== null && cars.has(vehicle_id))
  const known = new Set(open.map((one) => one.id))
  return [...open, ...tickets.filter((one) => his(one) && !known.has(one.id))]
}

const PLATE = /^[\u4e00-\u9fff][A-Z][A-Z0-9]{4,6}[\u4e00-\u9fff]?$/

/** The plate in what the caller says of his car, written as plates are kept; or null: it is none. */
export function plateIn(words: string): string | null {
  const plain = words.normalize('NFKC').replace(/[\s·.-]/g, '').toUpperCase()
  return PLATE.test(plain) ? plain : null
}
