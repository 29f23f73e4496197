import type { HotlineAgent, HotlineGroup, Owner, Station, Whom } from '../api/wire'
import { phaseOf, type Phase } from '../seat/seat'

/** Whom an agent may bring into a call, by what he types. Pure. */

export const KINDS = ['colleague', 'station', 'owner', 'group', 'number'] as const
export type Kind = (typeof KINDS)[number]

export interface Choice {
  key: string
  words: string
  /** What stands beside the name: how a colleague stands, a number as it may be seen. */
  beside: string
  to: Whom
}

/** Who may be asked at once comes first; those who are not there at all are left out. */
const ORDER: readonly Phase[] = ['ready', 'away', 'wrap_up', 'offered', 'talking']

export function colleagues(agents: readonly HotlineAgent[], me: string, words: (phase: Phase) => string): Choice[] {
  return agents
    .filter((one) => one.staff_id !== me && ORDER.includes(phaseOf(one)))
    .toSorted((a, b) => ORDER.indexOf(phaseOf(a)) - ORDER.indexOf(phaseOf(b)) || a.name.localeCompare(b.name))
    .map((one) => ({
      key: one.staff_id,
      words: one.name,
      beside: words(phaseOf(one)),
      to: { kind: 'colleague', staff_id: one.staff_id },
    }))
}

export function stations(found: readonly Station[], isEnglish: boolean): Choice[] {
  return found.map((one) => ({
    key: one.id,
    words: isEnglish ? one.name_en : one.name_zh,
    beside: isEnglish ? one.city_en : one.city_zh,
    to: { kind: 'station', station_id: one.id },
  }))
}

export function owners(found: readonly Owner[]): Choice[] {
  return found.flatMap((one) =>
    one.phones.map((number, phone): Choice => ({
      key: `${one.id}:${phone}`,
      words: one.name,
      beside: number,
      to: { kind: 'owner', owner_id: one.id, phone },
    })),
  )
}

export function groups(found: readonly HotlineGroup[], isEnglish: boolean): Choice[] {
  return found.map((one) => ({ key: one.name, words: isEnglish ? one.title_en : one.title_zh, beside: '', to: { kind: 'group', group: one.name } }))
}

/** What somebody types as a number; nothing before it could be one. */
export function numbers(typed: string): Choice[] {
  const number = typed.trim()
  return /^[+\d][\d -]{2,38}$/.test(number) ? [{ key: number, words: number, beside: '', to: { kind: 'number', number } }] : []
}

/** A group has nobody to be asked: its calls are only handed over. */
export function mayBeAsked({ kind }: Whom): boolean {
  return kind !== 'group'
}

export function matching(choices: readonly Choice[], typed: string): Choice[] {
  const sought = typed.trim().toLowerCase()
  return choices.filter(({ words, beside }) => `${words} ${beside}`.toLowerCase().includes(sought))
}
