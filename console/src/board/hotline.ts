import type { HotlineAgent, HotlineGroup, QueuePlace } from '../api/wire'
import { PHASES, phaseOf, type Phase } from '../seat/seat'
import type { Board } from './reduce'

/** The floor of the hotline in figures, each with what it counts. Pure. */

export interface Hotline {
  queue: { at: string; items: QueuePlace[] }
  agents: HotlineAgent[]
  groups: HotlineGroup[]
}

export const HOTLINE_BOARD: Board<Hotline> = {
  nothing: { queue: { at: '', items: [] }, agents: [], groups: [] },
  topics: ['queue', 'seat'],
  touched({ kind }) {
    if (kind === 'queue.group_changed') return ['groups']
    return kind.startsWith('queue.') ? ['queue'] : ['agents']
  },
}

/** What the address may have open: a group's places, those to be called back, agents in one state. */
export type Count = `group:${string}` | 'call_backs' | Phase

export interface Counted {
  count: Count
  n: number
  /** The longest wait's beginning; null where nobody waits. */
  oldest: string | null
}

export function countsOf({ queue, agents, groups }: Hotline): Counted[] {
  const counts: Count[] = [...groups.map(({ name }) => `group:${name}` as const), 'call_backs', ...PHASES]
  return counts.map((count) => {
    const places = placesOf(queue.items, count)
    return { count, n: places.length + agentsOf(agents, count).length, oldest: oldestOf(places) }
  })
}

/** Callers on the line by group; those to be called back by themselves. */
export function placesOf(places: readonly QueuePlace[], count: string): QueuePlace[] {
  if (count === 'call_backs') return places.filter((one) => one.kind === 'call_back')
  return places.filter((one) => one.kind === 'call' && `group:${one.group}` === count)
}

export function agentsOf(agents: readonly HotlineAgent[], count: string): HotlineAgent[] {
  return agents.filter((one) => phaseOf(one) === count)
}

export function isOfPlaces(count: string): boolean {
  return count === 'call_backs' || count.startsWith('group:')
}

function oldestOf(places: readonly QueuePlace[]): string | null {
  const all = places.map((one) => one.entered_at).toSorted((a, b) => Date.parse(a) - Date.parse(b))
  return all[0] ?? null
}
