import type { Ticket } from '../api/wire'

/** Which live tickets need somebody at the desk now. Pure. */

const IN_GOOD_HANDS = new Set<Ticket['stage']>(['assigned', 'en_route', 'on_site', 'handed_over'])

/** Not those that help is on the way to, nor those a colleague works on. `me` is staff:UUID. */
export function needsSomeone(ticket: Ticket, me: string): boolean {
  if (IN_GOOD_HANDS.has(ticket.stage)) return false
  return ticket.assignee_id === null || `staff:${ticket.assignee_id}` === me
}
