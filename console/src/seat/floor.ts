import type { Call, QueuePlace, Seat } from '../api/wire'
import type { Board } from '../board/reduce'
import type { Fact } from '../live/news'

/** Who waits in the queue, at whom it rings, and which calls therefore ring here. Pure. */

interface Place {
  call: string | null
  /** At whom it rings; null: nobody yet. */
  to: string | null
}

/** The places of the queue by their ids. */
export type Floor = ReadonlyMap<string, Place>

export const EMPTY: Floor = new Map()

export function floorOf(places: readonly QueuePlace[]): Floor {
  return new Map(places.map((one) => [one.id, { call: one.call_id, to: one.offered_to }]))
}

/** The floor after this news; facts say how a place stands, so hearing one twice changes nothing. */
export function after(floor: Floor, { kind, facts }: Fact): Floor {
  const id = text(facts.entry_id)
  if (id === null) return floor
  const next = new Map(floor)
  if (kind === 'queue.left') next.delete(id)
  else if (kind === 'queue.offered') next.set(id, { call: text(facts.call_id), to: text(facts.staff_id) })
  else if (WAITS.has(kind)) next.set(id, { call: text(facts.call_id), to: null })
  else return floor
  return next
}

const WAITS = new Set(['queue.entered', 'queue.waits_again', 'queue.call_back_kept'])

/**
 * Whether the call rings for this agent: one of ours at whom it is offered to, one in the queue at
 * whom it was its turn for, and any other everywhere.
 */
export function ringsAt(call: Call, floor: Floor, seat: Seat | null, me: string): boolean {
  if (call.state !== 'ringing') return false
  if (call.direction === 'outbound') return seat?.call_id === call.id && seat.contact === 'offered'
  const place = [...floor.values()].find((one) => one.call === call.id)
  return place === undefined || place.to === me
}

/** Whether a live call is a matter of this desk: not who hears the menu, what waits, or rings at a colleague. */
export function isOfThisDesk(call: Call, floor: Floor, seat: Seat | null, me: string): boolean {
  if (call.state === 'menu') return false
  const isDialled = call.direction === 'outbound' && seat?.call_id === call.id
  return call.state !== 'ringing' || isDialled || ringsAt(call, floor, seat, me)
}

/** The place that is this agent's now: it rings at him, or he dials it. */
export function mineOf(places: readonly QueuePlace[], floor: Floor, seat: Seat | null): QueuePlace | null {
  if (seat === null || (seat.contact !== 'offered' && seat.contact !== 'talking')) return null
  const mine = places.find((one) => one.offered_to === seat.staff_id)
  return mine !== undefined && floor.get(mine.id)?.to === seat.staff_id ? mine : null
}

export interface Sat {
  /** Undefined while it is not known. */
  seat: Seat | null | undefined
  places: { at: string; items: QueuePlace[] }
}

/** What an agent's browser asks anew: his own seat, and the whole queue when he gets something of it. */
export function seatBoard(me: string): Board<Sat> {
  return {
    nothing: { seat: undefined, places: { at: '', items: [] } },
    topics: ['seat.changed', 'queue'],
    touched({ kind, facts }) {
      if (facts.staff_id !== me) return []
      if (kind === 'queue.offered') return ['seat', 'places']
      return kind === 'seat.changed' ? ['seat'] : []
    },
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
