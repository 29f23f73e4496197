import type { AwayReason, Seat, SeatWish } from '../api/wire'

/** An agent's seat as people see it: one word, since when, and what comes after the call. Pure. */

export type Phase = 'out' | 'lost' | 'ready' | 'away' | 'offered' | 'talking' | 'wrap_up'

export const PHASES: readonly Phase[] = ['ready', 'offered', 'talking', 'wrap_up', 'away', 'lost']

/** Why somebody goes away by his own choice; `missed` is the hotline's word. */
export const AWAY_REASONS = ['break', 'meal', 'training', 'meeting', 'desk_work', 'other'] as const satisfies readonly AwayReason[]

type Standing = Pick<Seat, 'availability' | 'contact' | 'lost'>

/** A browser that is gone comes before all else, a contact before what is offered. */
export function phaseOf(seat: Standing | null): Phase {
  if (seat === null) return 'out'
  if (seat.lost) return 'lost'
  if (seat.contact !== 'none') return seat.contact
  return seat.availability === 'signed_out' ? 'out' : seat.availability
}

export function sinceOf(seat: Seat): string {
  return seat.lost || seat.contact === 'none' ? seat.availability_since : seat.contact_since
}

/** Whether the hotline has to hear that this browser is there. */
export function isAtTheHotline(seat: Standing | null): boolean {
  return seat !== null && (seat.availability !== 'signed_out' || seat.contact !== 'none')
}

/** What he is after the contact; null: as before, or there is none. */
export function wishOf(seat: Seat): SeatWish | null {
  return seat.wish === null ? null : { availability: seat.wish, reason: seat.wish_reason }
}

/** What he offers or has wished for: the entry of the menu that is marked. */
export function chosenOf(seat: Seat | null): SeatWish {
  if (seat === null) return { availability: 'signed_out', reason: null }
  return wishOf(seat) ?? { availability: seat.availability, reason: seat.away_reason }
}

export function isSameWish(one: SeatWish, other: SeatWish): boolean {
  return one.availability === other.availability && (one.reason ?? null) === (other.reason ?? null)
}
