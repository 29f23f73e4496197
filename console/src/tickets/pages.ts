import type { Ticket } from '../api/wire'

/** What a list that was loaded page by page becomes when its head is loaded anew. Pure. */

export interface Listed {
  tickets: Ticket[]
  /** Where the next page begins; null at the end. */
  next: string | null
}

interface Page {
  items: Ticket[]
  next_cursor?: string | null
}

export const NOTHING: Listed = { tickets: [], next: null }

/** With one page more at its end. */
export function extended(shown: Listed, page: Page): Listed {
  const known = new Set(shown.tickets.map((ticket) => ticket.id))
  const added = page.items.filter((ticket) => !known.has(ticket.id))
  return { tickets: [...shown.tickets, ...added], next: page.next_cursor ?? null }
}

/**
 * With its head as it is now. The list is newest first, so what stands behind the head are the
 * tickets that are older than its last one; they stay as they were shown.
 */
export function refreshed(shown: Listed, head: Page): Listed {
  const last = head.items.at(-1)
  const next = head.next_cursor ?? null
  if (next === null || last === undefined) return { tickets: head.items, next: null }
  const older = shown.tickets.filter((ticket) => isOlder(ticket, last))
  if (older.length === 0) return { tickets: head.items, next }
  return { tickets: [...head.items, ...older], next: shown.next }
}

function isOlder(ticket: Ticket, than: Ticket): boolean {
  const [a, b] = [Date.parse(ticket.opened_at), Date.parse(than.opened_at)]
  return a < b || (a === b && ticket.id < than.id)
}
