import type { Fact } from '../live/news'
import type { Alarm, Figures, Handover, Offer } from './wire'

/**
 * What the board shows after hearing, asking and being answered. Pure.
 *
 * Facts carry ids and no deadline, kind or drill, and two that touch one ticket may come in another
 * order than they happened. So nothing is added up here: a fact says which parts are old, and these
 * are asked for anew. A fact is on the feed only when its transaction has ended, so every answer to
 * a question that was put after the fact was heard counts it, and hearing it twice changes nothing.
 */

export interface Parts {
  figures: Figures | null
  offers: Offer[]
  alarms: Alarm[]
  handovers: Handover[]
}
export type Part = keyof Parts

export interface State {
  shown: Parts
  /** Something was heard that these do not show. */
  stale: ReadonlySet<Part>
  /** These were asked for and not answered yet. */
  asked: ReadonlySet<Part>
}

export type Move =
  | { is: 'heard'; facts: readonly Fact[]; isGap: boolean }
  | { is: 'asked' }
  | { is: 'answered'; parts: Partial<Parts> }
  | { is: 'failed' }

export const PARTS: readonly Part[] = ['figures', 'offers', 'alarms', 'handovers']

/** Nothing is known yet: everything is to be asked for. */
export const UNKNOWN: State = {
  shown: { figures: null, offers: [], alarms: [], handovers: [] },
  stale: new Set(PARTS),
  asked: new Set(),
}

/** Rooms of events that the board hears of. */
export const TOPICS = ['ticket', 'offer', 'alarm', 'handover'] as const

const TOUCHED: Record<string, readonly Part[]> = {
  'ticket.opened': ['figures'],
  'ticket.moved': ['figures', 'offers', 'handovers'],
  'ticket.assigned': ['figures', 'handovers'],
  'offer.made': ['figures', 'offers'],
  'offer.seen': ['offers'],
  'offer.accepted': ['figures', 'offers'],
  'offer.ended': ['figures', 'offers'],
  'alarm.raised': ['figures', 'alarms', 'handovers'],
  'alarm.taken': ['figures', 'alarms', 'handovers'],
  'alarm.handed_on': ['figures', 'handovers'],
  'alarm.cleared': ['figures', 'alarms', 'handovers'],
  'handover.made': ['figures', 'handovers'],
  'handover.seen': ['figures', 'handovers'],
}

/** The parts that a fact of this kind may change. */
export function touched(kind: string): readonly Part[] {
  return TOUCHED[kind] ?? []
}

export function reduce(state: State, move: Move): State {
  switch (move.is) {
    case 'heard': {
      const parts = move.isGap ? PARTS : move.facts.flatMap((fact) => touched(fact.kind))
      if (parts.every((part) => state.stale.has(part))) return state
      return { ...state, stale: new Set([...state.stale, ...parts]) }
    }
    case 'asked':
      return { ...state, stale: new Set(), asked: state.stale }
    case 'answered':
      return { ...state, shown: { ...state.shown, ...move.parts }, asked: new Set() }
    case 'failed':
      return { ...state, stale: new Set([...state.stale, ...state.asked]), asked: new Set() }
  }
}

/** Whether all that was heard is shown. */
export function isCurrent(state: State): boolean {
  return state.stale.size === 0 && state.asked.size === 0
}
