import type { components } from '../api/schema'

/** The timeline of a ticket as lines: who, when, what, with the words that belong to it. Pure. */

export type Timeline = components['schemas']['Timeline']
export type FieldChange = components['schemas']['FieldChange']
type Event = Timeline['events'][number]

export interface Line {
  id: string
  at: string
  actor: string
  /** Key of `ticket.event` in the words, and what stands in them. */
  event: string
  stationId: string | null
  facts: Record<string, unknown>
  note: string
  changes: FieldChange[]
}

/** Newest first. An edit carries what it has changed, a note its words. */
export function linesOf(timeline: Timeline): Line[] {
  const notes = new Map(timeline.notes.map((note) => [note.id, note.words]))
  // An edit and its event are of one transaction: they have one time.
  const edits = new Map(timeline.changes.map((change) => [`${change.changed_at} ${change.changed_by}`, change.fields]))
  const lines = timeline.events.map((event) => ({
    id: event.id,
    at: event.at,
    actor: event.actor,
    event: eventKey(event),
    stationId: event.station_id,
    facts: event.facts,
    note: notes.get(String(event.facts.note_id ?? '')) ?? '',
    changes: event.kind === 'ticket.edited' ? (edits.get(`${event.at} ${event.actor}`) ?? []) : [],
  }))
  return lines.reverse()
}

function eventKey(event: Event): string {
  return event.kind === 'ticket.assigned' && event.facts.assignee_id === null ? 'ticket.given_back' : event.kind
}

export type ActorWord = 'owner' | 'station' | 'caller' | 'machine' | 'cli' | 'system' | 'colleague'

/** What somebody without a name is, by the beginning of his id. */
export function actorWord(actor: string): ActorWord {
  if (actor.startsWith('link:owner:')) return 'owner'
  if (actor.startsWith('link:offer:') || actor.startsWith('phone:offer:')) return 'station'
  if (actor.startsWith('link:')) return 'caller'
  if (actor.startsWith('machine:')) return 'machine'
  if (actor === 'cli') return 'cli'
  return actor.startsWith('staff:') ? 'colleague' : 'system'
}
