import type { Call, Ticket } from '../api/wire'

/** The last contacts of an owner: calls and tickets in one line of time. Pure. */

export interface Contact {
  id: string
  at: string
  call: Call | null
  ticket: Ticket | null
}

/** Newest first. A call that a ticket was opened out of is one contact: the ticket tells more. */
export function contactsOf(calls: readonly Call[], tickets: readonly Ticket[], most: number): Contact[] {
  const told = new Set(tickets.map((ticket) => ticket.id))
  const alone = calls.filter((call) => call.state === 'ended' && !(call.ticket_id !== null && isFirstOf(call, told)))
  const all: Contact[] = [
    ...alone.map((call) => ({ id: call.id, at: call.ringing_at, call, ticket: null })),
    ...tickets.map((ticket) => ({ id: ticket.id, at: ticket.opened_at, call: null, ticket })),
  ]
  return all.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, most)

  function isFirstOf(call: Call, of: Set<string>): boolean {
    if (!of.has(call.ticket_id!)) return false
    const same = calls.filter((one) => one.ticket_id === call.ticket_id)
    return same.every((one) => Date.parse(one.ringing_at) >= Date.parse(call.ringing_at))
  }
}
