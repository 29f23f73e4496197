import type { Course, Leg, Order } from '../api/wire'

/** The course of a call as a picture: a bar for each leg, a mark for each thing that was done. Pure. */

export interface Bar {
  key: string
  leg: Leg
  /** Shares of the whole, 0 to 1: the ring, then the talk. */
  rings: { from: number; length: number }
  talks: { from: number; length: number } | null
}

export interface Mark {
  order: Order
  at: number
}

export interface Picture {
  begins: number
  ends: number
  bars: Bar[]
  marks: Mark[]
}

/** `now` ends what goes on still. */
export function pictureOf({ legs, orders }: Course, now: number): Picture | null {
  if (legs.length === 0) return null
  const begins = Math.min(...legs.map((leg) => Date.parse(leg.rang_at)))
  const ends = Math.max(begins + 1000, ...legs.map((leg) => timeOf(leg.ended_at, now)))
  const share = (at: number): number => Math.min(1, Math.max(0, (at - begins) / (ends - begins)))
  const part = (from: number, to: number) => ({ from: share(from), length: share(to) - share(from) })
  return {
    begins,
    ends,
    bars: legs.map((leg, at) => {
      const rang = Date.parse(leg.rang_at)
      const ended = timeOf(leg.ended_at, now)
      // Whoever calls is there from his first ring: the house answers him in the menu.
      const spoke = leg.answered_at ?? (leg.party === 'caller' ? leg.rang_at : null)
      return {
        key: `${at}`,
        leg,
        rings: part(rang, spoke === null ? ended : Date.parse(spoke)),
        talks: spoke === null ? null : part(Date.parse(spoke), ended),
      }
    }),
    marks: orders.map((order) => ({ order, at: share(Date.parse(order.done_at ?? order.asked_at)) })),
  }
}

function timeOf(at: string | null, now: number): number {
  return at === null ? now : Date.parse(at)
}

/** Since the first ring, as m:ss. */
export function after(begins: number, at: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(at) - begins) / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** How a leg ended: who has spoken was reached, and is lost whatever the switch calls it. */
export function endingOf({ answered_at, ending }: Pick<Leg, 'answered_at' | 'ending'>): string {
  if (ending === null || ending === 'normal') return 'normal'
  return answered_at === null ? ending : 'lost'
}
