import type { Stage } from '../api/wire'
import type { Desk, Dispatch } from './wire'

/** What a person may do about a rescue as it stands. Pure. */
export type ActName = 'hold' | 'release' | 'new_round' | 'reassign' | 'hand_over' | 'cancel' | 'resolve' | 'close' | 'reopen'

/** These take a reason before they are done. */
export const NEEDS_REASON: ReadonlySet<ActName> = new Set<ActName>(['reassign', 'hand_over', 'cancel', 'resolve'])

/** These touch the ticket alone: whoever writes tickets may do them. */
export const OF_THE_TICKET: ReadonlySet<ActName> = new Set<ActName>(['resolve', 'close', 'reopen'])

const ENDED: ReadonlySet<Stage> = new Set<Stage>(['resolved', 'closed', 'cancelled', 'merged'])

export function isEnded(stage: Stage): boolean {
  return ENDED.has(stage)
}

/** The dispatch that has the car now. */
export function liveDispatch(desk: Pick<Desk, 'rescue'>): Dispatch | null {
  return desk.rescue.dispatches.find((one) => one.ended_at === null) ?? null
}

export function possibleActs(desk: Pick<Desk, 'ticket' | 'rescue'>): ActName[] {
  const { stage, place_id } = desk.ticket
  const { ladder } = desk.rescue
  if (stage === 'merged') return []
  if (isEnded(stage)) return stage === 'resolved' ? ['close', 'reopen'] : ['reopen']
  const acts: ActName[] = []
  if (stage === 'dispatching') acts.push(ladder?.held ? 'release' : 'hold', 'new_round')
  if (stage === 'opened' && place_id !== null) acts.push('new_round')
  if (stage === 'handed_over') acts.push('new_round')
  else acts.push('hand_over')
  if (stage === 'opened' || stage === 'handed_over') acts.push('resolve')
  if (liveDispatch(desk) !== null) acts.unshift('reassign')
  return [...acts, 'cancel']
}
