import type { RouteLocationRaw } from 'vue-router'
import type { Kind } from '../api/wire'

/** Where a ticket is worked on: a rescue on its own page, with the map and the offers. */
export function pageOf(ticket: { id: string; kind: Kind }): RouteLocationRaw {
  return { name: ticket.kind === 'rescue' ? 'rescue' : 'ticket', params: { id: ticket.id } }
}
