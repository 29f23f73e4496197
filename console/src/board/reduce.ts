import type { Fact } from '../live/news'

/**
 * What a board shows after hearing, asking and being answered. Pure.
 *
 * Facts carry ids and no deadline, kind or drill, and two that touch one ticket may come in another
 * order than they happened. So nothing is added up here: a fact says which parts are old, and these
 * are asked for anew. A fact is on the feed only when its transaction has ended, so every answer to
 * a question that was put after the fact was heard counts it, and hearing it twice changes nothing.
 */

/** A board: its parts while nothing is known, what it listens to, and what each fact may change. */
export interface Board<P extends object> {
  nothing: P
  topics: readonly string[]
  touched: (fact: Fact) => readonly (keyof P)[]
}

export interface State<P extends object> {
  shown: P
  /** Something was heard that these do not show. */
  stale: ReadonlySet<keyof P>
  /** These were asked for and not answered yet. */
  asked: ReadonlySet<keyof P>
}

export type Move<P extends object> =
  | { is: 'heard'; facts: readonly Fact[]; isGap: boolean }
  | { is: 'asked' }
  | { is: 'answered'; parts: Partial<P> }
  | { is: 'failed' }

export function partsOf<P extends object>({ nothing }: Board<P>): readonly (keyof P)[] {
  return Object.keys(nothing) as (keyof P)[]
}

/** Nothing is known yet: everything is to be asked for. */
export function unknown<P extends object>(board: Board<P>): State<P> {
  return { shown: board.nothing, stale: new Set(partsOf(board)), asked: new Set() }
}

export function reduce<P extends object>(board: Board<P>, state: State<P>, move: Move<P>): State<P> {
  switch (move.is) {
    case 'heard': {
      const parts = move.isGap ? partsOf(board) : move.facts.flatMap(board.touched)
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
export function isCurrent<P extends object>(state: State<P>): boolean {
  return state.stale.size === 0 && state.asked.size === 0
}
