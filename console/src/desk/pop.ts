import type { Call } from '../api/wire'

/** What stands in the middle of the desk when calls come and go. Pure. */

export interface Middle {
  /** The call or ticket in the middle; neither: the agent is free. */
  call: string
  ticket: string
  /** The call came by itself and nobody has touched it: it may go by itself, too. */
  isPopped: boolean
}

export const FREE: Middle = { call: '', ticket: '', isPopped: false }

/**
 * The middle after this news. Who is free gets the call that has rung longest; what somebody works
 * on stays, whatever rings. `calls` are the live ones.
 */
export function afterNews(middle: Middle, calls: readonly Call[]): Middle {
  const isFree = middle.call === '' && middle.ticket === ''
  const isRinging = calls.some((call) => call.id === middle.call && call.state === 'ringing')
  const mayGo = isFree || (middle.isPopped && !isRinging)
  if (!mayGo) return middle
  const next = longestRinging(calls)
  if (next === undefined) return isFree ? middle : FREE
  return { call: next.id, ticket: '', isPopped: true }
}

export function longestRinging(calls: readonly Call[]): Call | undefined {
  return inOrder(calls).find((call) => call.state === 'ringing')
}

/** Ringing ones first, the longest wait at the top. */
export function inOrder(calls: readonly Call[]): Call[] {
  const rank = (call: Call) => (call.state === 'ringing' ? 0 : 1)
  return calls.toSorted((a, b) => rank(a) - rank(b) || Date.parse(a.ringing_at) - Date.parse(b.ringing_at))
}
