/** What an event tells, as people read it. Pure. */

/** Facts that are codes, and where their words stand. */
const CODES: Readonly<Record<string, readonly string[]>> = {
  alarm_kind: ['alarm'],
  choice: ['phone.kind'],
  clock: ['audit.why'],
  doubts: ['rescue.doubt'],
  duty_outcome: ['ticket.duty'],
  fields: ['ticket.field', 'stations', 'staff', 'owners'],
  kind: ['kind'],
  outcome: ['handling.outcome'],
  mode: ['recordings.mode'],
  purpose: ['recordings.purpose'],
  recording_kind: ['recordings.kind'],
  reason: ['recordings.why', 'recordings.not_made', 'recordings.pause_reason', 'audit.why', 'rescue.withdrawn', 'rescue.decline', 'handling.outcome', 'calls.end', 'rescue.dispatch'],
  role: ['role'],
  rung: ['rescue.rung'],
  signs: ['handling.sign'],
  stage: ['stage', 'rescue.dispatch', 'handling.tow.stage'],
  state: ['rescue.offer', 'outbound.campaigns.state'],
  ticket_kind: ['kind'],
  ticket_stage: ['stage'],
  travel_kind: ['handling.onward.travel'],
  verb: ['phone.verb'],
  was: ['stage', 'outbound.campaigns.state'],
  why: ['phone.refused', 'hotline.why'],
}
const SHOWN_BESIDE = new Set(['ticket_id', 'station_id'])
const SHOWN_OF_ID = 8
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** How the page says things: the words at a key or undefined, a moment, and what stands between. */
export interface Saying {
  wordsAt: (key: string) => string | undefined
  time: (at: string) => string
  comma: string
}

/** Names and codes in words, an id by its end; without what stands in its own column or is not so. */
export function factsWords(facts: Readonly<Record<string, unknown>>, saying: Saying): string {
  return Object.entries(facts)
    .filter(([name, value]) => !SHOWN_BESIDE.has(name) && !isNothing(value))
    .map(([name, value]) => {
      const label = saying.wordsAt(`audit.fact.${name}`) ?? name
      return value === true ? label : `${label}: ${said(name, value, saying)}`
    })
    .join(' · ')
}

function isNothing(value: unknown): boolean {
  return value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0)
}

function said(name: string, value: unknown, saying: Saying): string {
  if (Array.isArray(value)) return value.map((one) => said(name, one, saying)).join(saying.comma)
  if (typeof value === 'object') return `(${factsWords(value as Record<string, unknown>, saying)})`
  const text = String(value)
  if (ID.test(text)) return `…${text.slice(-SHOWN_OF_ID)}`
  if (name.endsWith('_at')) return saying.time(text)
  const keys = (CODES[name] ?? []).map((where) => `${where}.${text}`)
  return keys.map(saying.wordsAt).find((words) => words !== undefined) ?? text
}
