import type { Progress } from './wire'

/** Why owners of a campaign were not spoken to, or are not yet. Pure. */

/** Whose reason it is: what the owner wishes, our rules, our data, the comparison, the campaign. */
export type Family = 'wish' | 'rules' | 'data' | 'compared' | 'campaign'

const FAMILY = {
  silent: 'wish', refused: 'wish', no_consent: 'wish', profiling_refused: 'wish', opted_out: 'wish', call_back: 'wish',
  outside_hours: 'rules', cap: 'rules', capped: 'rules', held: 'rules', open_case: 'rules', abandoned_lately: 'rules', policy_unknown: 'rules',
  no_address: 'data', no_number: 'data', no_email: 'data', no_words: 'data', survey_not_open: 'data', no_voice: 'data', wrong_person: 'data',
  held_out: 'compared', held_out_of_all: 'compared',
  again_too_soon: 'campaign', expired: 'campaign', paused: 'campaign', campaign_over: 'campaign', campaign_stopped: 'campaign', claim_lapsed: 'campaign',
  not_dialled: 'campaign', booked: 'campaign', came: 'campaign', survey_done: 'campaign', car_gone: 'data', car_not_his: 'data',
  run_over: 'campaign', answered: 'campaign', noted: 'campaign', hung_up: 'campaign', wrong_number: 'data', undelivered: 'data',
  spoke_today: 'campaign', known_dispute: 'campaign', not_my_language: 'campaign', other: 'campaign',
} as const satisfies Record<string, Family>
export type Reason = keyof typeof FAMILY

export interface Bar {
  code: string
  family: Family
  count: number
}

/** Left out when a run began (owners); not said (touches); waiting (touches). */
export interface Reasons {
  before: Bar[]
  never: Bar[]
  waits: Bar[]
}

const NEVER: ReadonlySet<string> = new Set(['skipped', 'expired', 'withdrawn'])

export function reasonsOf({ runs, touches }: Progress): Reasons {
  const out = runs.flatMap(({ left_out }) => Object.entries(left_out))
  const why = (is: (state: string) => boolean): [string, number][] =>
    touches.filter((one) => one.reason !== '' && is(one.state)).map((one) => [one.reason, one.touches])
  return {
    before: barsOf(out),
    never: barsOf(why((state) => NEVER.has(state))),
    waits: barsOf(why((state) => state === 'ready')),
  }
}

function barsOf(counts: readonly [string, number][]): Bar[] {
  const all = new Map<string, number>()
  for (const [code, count] of counts) if (count > 0) all.set(code, (all.get(code) ?? 0) + count)
  return [...all].map(([code, count]) => ({ code, count, family: familyOf(code) })).sort((a, b) => b.count - a.count)
}

function familyOf(code: string): Family {
  return code in FAMILY ? FAMILY[code as Reason] : 'campaign'
}
