import type { Call } from '../../api/wire'
import type { Outcome, OwnerCall, Skip } from './wire'

/** What an agent may say of a call to an owner, and how far the call is. Pure. */

/** In the order of their keys: Alt+1 to Alt+9, and Alt+0 for the last. */
export const OUTCOMES = [
  'booked', 'call_back', 'noted', 'survey_done', 'survey_begun', 'refused', 'opted_out', 'wrong_number', 'hung_up', 'machine',
] as const satisfies readonly Outcome[]
export const SKIPS: readonly Skip[] = ['spoke_today', 'wrong_person', 'known_dispute', 'not_my_language', 'other']

export function keyOf(at: number): string {
  return `Alt+${(at + 1) % 10}`
}

/**
 * `looks`: the agent reads before he dials. `rings`: the owner is dialled. `talks`: they speak.
 * `write_up`: they have spoken. `over`: nobody was reached; the plan goes on by itself.
 */
export type Stage = 'looks' | 'rings' | 'talks' | 'write_up' | 'over'

export function stageOf(one: Pick<OwnerCall, 'state'>, call: Pick<Call, 'state' | 'answered_at'> | null): Stage {
  if (one.state === 'taken') return 'looks'
  if (call === null) return one.state === 'connected' ? 'talks' : 'rings'
  if (call.state === 'ended') return call.answered_at === null ? 'over' : 'write_up'
  return call.state === 'answered' ? 'talks' : 'rings'
}

/** The longest that the API takes. */
export const NOTE_LENGTH = 500
