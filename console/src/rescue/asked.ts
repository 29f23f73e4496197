import type { Fault } from './wire'

/** What is asked for a new rescue, and how it is kept in the browser. Pure. */

export interface Draft {
  fault: Fault | null
  /** Empty: a car that is not registered, or none. */
  vehicleId: string
  name: string
  phone: string
  danger: boolean
  expressway: boolean
}

export const EMPTY: Readonly<Draft> = { fault: null, vehicleId: '', name: '', phone: '', danger: false, expressway: false }

/** What was kept of it in the browser; of words from an older console only what still is a field. */
export function draftIn(kept: string): Partial<Draft> {
  try {
    const found = Object.entries(JSON.parse(kept) as object)
    return Object.fromEntries(found.filter(([name]) => name in EMPTY))
  } catch {
    return {}
  }
}
