import type { AgentPhone, Seat } from '../api/wire'
import { isAtTheHotline } from '../seat/seat'

/** The agent's phone as people see it. Pure. */

/**
 * `off`: no browser phone is wanted here. `elsewhere`: another window of this browser has it.
 * `insecure`: without https a browser gives no microphone.
 */
export type Standing = 'off' | 'elsewhere' | 'connecting' | 'ready' | 'insecure' | 'refused' | 'unplugged' | 'unheard'

/** Whether this browser is to register: the agent sits here, or a supervisor has asked to listen. */
export function isWanted(phone: AgentPhone | null, seat: Seat | null, isAsked: boolean): boolean {
  if (phone === null || phone.kind !== 'browser' || !phone.switch) return false
  return isAsked || isAtTheHotline(seat)
}

/** Whether calls come to a phone of ours: then nobody has to say by hand how dialling went. */
export function isCarried(phone: AgentPhone | null): boolean {
  return phone !== null && phone.switch && phone.kind !== 'none'
}

/** What keeps the microphone from speaking, by the name of the browser's error. */
export function faultOf(failure: unknown): Standing {
  const name = failure instanceof DOMException ? failure.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'unplugged' : 'unheard'
}

/** The call that the switch names to a browser's phone, in place of a number. */
export function callOf(user: string): string {
  const parts = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(user)
  return parts === null ? '' : parts.slice(1).join('-')
}
