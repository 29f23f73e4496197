import type { Middle } from './pop'
import { NOTHING_PICKED, type Picked } from './steps'

/** What was laid aside in the middle of the work, because another call had to be taken. Pure. */

export interface Aside {
  call: string
  ticket: string
  picked: Picked
  /** As the list names it: who, and the ticket's number. */
  words: string
}

const MOST = 9

export function isSame(one: Pick<Middle, 'call' | 'ticket'>, other: Pick<Middle, 'call' | 'ticket'>): boolean {
  return one.call === other.call && one.ticket === other.ticket
}

/** With this one on top; what nobody went back to for long falls off. */
export function laidAside(aside: readonly Aside[], one: Aside): Aside[] {
  return [one, ...without(aside, one)].slice(0, MOST)
}

export function without(aside: readonly Aside[], one: Pick<Middle, 'call' | 'ticket'>): Aside[] {
  return aside.filter((other) => !isSame(other, one))
}

/** As it was kept in the browser, by this console or an older one. */
export function asideIn(kept: string): Aside[] {
  try {
    const found = JSON.parse(kept) as Partial<Aside>[]
    return found.map(({ call = '', ticket = '', picked, words = '' }) => ({
      call,
      ticket,
      picked: { ...NOTHING_PICKED, ...picked },
      words,
    }))
  } catch {
    return []
  }
}
