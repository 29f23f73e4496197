import type { Handover, Unfinished } from './wire'

/** What is chosen to be handed over. Pure. */

export interface Choice {
  tickets: readonly string[]
  alarms: readonly string[]
}

export const NOTHING: Choice = { tickets: [], alarms: [] }

export function everything(held: Unfinished): Choice {
  return { tickets: held.tickets.map((one) => one.id), alarms: held.alarms.map((one) => one.id) }
}

export function size(choice: Choice): number {
  return choice.tickets.length + choice.alarms.length
}

/** With this one in it, or without, as it was not before. */
export function switched(choice: Choice, what: keyof Choice, id: string): Choice {
  const had = choice[what].includes(id)
  const ids = had ? choice[what].filter((one) => one !== id) : [...choice[what], id]
  return { ...choice, [what]: ids }
}

/** What is still there to be chosen, after the list was loaded anew. */
export function kept(choice: Choice, held: Unfinished): Choice {
  const all = everything(held)
  return {
    tickets: choice.tickets.filter((id) => all.tickets.includes(id)),
    alarms: choice.alarms.filter((id) => all.alarms.includes(id)),
  }
}

/** Whether the receiver should still look at it. */
export function isWaiting(one: Handover): boolean {
  return one.seen_at === null && one.passed_at === null
}
