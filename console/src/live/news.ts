/** What tabs of one browser tell each other about the feed. Pure. */

/** One event of the log, as GET /api/v1/feed has it. */
export interface Fact {
  id: string
  kind: string
  at: string
  ticket_id: string | null
  station_id: string | null
  facts: Record<string, unknown>
}

/**
 * What the tab with the stream passes on; the server pages' live.js speaks the same words.
 * `beat`: it is still there. `open`: connected, but something may have been missed. `resumed`:
 * connected, nothing was missed. `lost`: it tries again. `refused`: perhaps signed out.
 */
export type Word = 'beat' | 'open' | 'resumed' | 'lost' | 'refused'
export interface Heard {
  cursor: string
  fact: Fact | null
}
export type News = Word | Heard

/** `ticket` hears ticket.opened and the like; `ticket.opened` that alone; `ticket:ID` all about it. */
export type Topic = string

export function isAbout(topic: Topic, fact: Fact): boolean {
  const [room, id] = topic.split(':')
  if (id !== undefined) return room === 'ticket' ? fact.ticket_id === id : fact.station_id === id
  return fact.kind === topic || fact.kind.startsWith(`${topic}.`)
}

/** The connection as people see it. */
export type Line = 'connecting' | 'live' | 'lost' | 'polling'

/** The connection after hearing this. */
export function lineAfter(line: Line, news: News): Line {
  if (line === 'polling') return line
  if (news === 'lost' || news === 'refused') return 'lost'
  // A beat says that another tab holds the stream; it beats while the line is lost, too.
  if (news === 'beat' && line === 'lost') return line
  return 'live'
}
