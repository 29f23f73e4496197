import { describe, expect, it } from 'vitest'
import type { Course, HotlineAgent, Leg, Order } from '../src/api/wire'
import { after, endingOf, pictureOf } from '../src/calls/course'
import { askedOf, may, stageOf, thirdOf, type Stage } from '../src/phone/stage'
import { callOf, faultOf, isCarried, isWanted } from '../src/phone/standing'
import { colleagues, mayBeAsked, numbers, owners } from '../src/phone/whom'

const ME = 'me'
const T0 = Date.parse('2026-11-26T08:00:00Z')

function at(seconds: number): string {
  return new Date(T0 + 1000 * seconds).toISOString()
}

function leg(party: Leg['party'], rang: number, more: Partial<Record<'answered' | 'ended', number>> = {}, staff_id: string | null = null): Leg {
  const { answered, ended } = more
  return {
    party,
    staff_id,
    station_id: null,
    number: null,
    rang_at: at(rang),
    answered_at: answered === undefined ? null : at(answered),
    ended_at: ended === undefined ? null : at(ended),
    ending: ended === undefined ? null : 'normal',
  }
}

function order(verb: Order['verb'], asked: number, state: Order['state'] = 'done', asked_by = ME): Order {
  const who = { party: null, staff_id: null, station_id: null, group: null }
  return { id: `${verb}${asked}`, call_id: 'c', asked_by, verb, ...who, state, refusal: null, asked_at: at(asked), done_at: state === 'asked' ? null : at(asked) }
}

const CALLER = leg('caller', 0)
const AGENT = leg('agent', 10, { answered: 12 }, ME)

function stage(legs: Leg[], orders: Order[] = []): Stage {
  return stageOf({ legs, orders }, ME)
}

describe('the stage of a call, read from its course', () => {
  it('follows hold and resume', () => {
    expect(stage([])).toBe('off')
    expect(stage([CALLER, AGENT])).toBe('talking')
    expect(stage([CALLER, AGENT], [order('hold', 20)])).toBe('held')
    expect(stage([CALLER, AGENT], [order('hold', 20), order('resume', 30)])).toBe('talking')
    expect(stage([CALLER, AGENT], [order('hold', 20, 'refused')])).toBe('talking')
  })

  it('follows the third one from his ring to his end', () => {
    const rung = leg('station', 20)
    const there = leg('station', 20, { answered: 25 })
    const gone = leg('station', 20, { answered: 25, ended: 40 })
    const consult = order('consult', 20)
    expect(stage([CALLER, AGENT, rung], [consult])).toBe('asking')
    expect(stage([CALLER, AGENT, there], [consult])).toBe('aside')
    expect(stage([CALLER, AGENT, there], [consult, order('conference', 30)])).toBe('together')
    expect(stage([CALLER, AGENT, gone], [consult])).toBe('talking')
    expect(thirdOf([CALLER, AGENT, there])?.party).toBe('station')
  })

  it('is another for who took the call over, and what the first agent did is past', () => {
    const before = leg('agent', 5, { answered: 6, ended: 9 }, 'other')
    expect(stage([CALLER, before, AGENT], [order('hold', 7, 'done', 'other')])).toBe('talking')
    const mine = leg('colleague', 20, { answered: 22 }, ME)
    expect(stage([CALLER, before, mine], [order('hand_over', 30, 'done', 'other')])).toBe('talking')
    expect(stage([CALLER, before, leg('colleague', 20, { answered: 22 }, 'third')])).toBe('off')
  })

  it('dials, and talks once the far end has picked up', () => {
    const mine = leg('agent', 0, { answered: 1 }, ME)
    expect(stage([mine])).toBe('dialling')
    expect(stage([mine, leg('outside', 2)])).toBe('dialling')
    expect(stage([mine, leg('outside', 2, { answered: 9 })])).toBe('talking')
    const asked = leg('outside', 20, { answered: 25 })
    expect(stage([mine, leg('outside', 2, { answered: 9 }), asked], [order('consult', 20)])).toBe('aside')
  })

  it('lets only that be ordered which the switch would do', () => {
    expect(may('talking', 'hold') && may('held', 'resume') && may('aside', 'hand_over')).toBe(true)
    expect(may('held', 'hold') || may('asking', 'hand_over')).toBe(false)
    expect(askedOf([order('hold', 20, 'asked')], ME)?.verb).toBe('hold')
    expect(askedOf([order('hold', 20, 'asked', 'other')], ME)).toBeNull()
  })
})

describe('the phone', () => {
  const browser = { kind: 'browser' as const, desk: null, desk_phones: [], switch: true }

  it('registers for who sits here or listens, and with a switch alone', () => {
    const sits = { availability: 'ready', contact: 'none' } as never
    expect(isWanted(browser, sits, false)).toBe(true)
    expect(isWanted(browser, null, false)).toBe(false)
    expect(isWanted(browser, null, true)).toBe(true)
    expect(isWanted({ ...browser, switch: false }, sits, true)).toBe(false)
    expect(isWanted({ ...browser, kind: 'desk' }, sits, true)).toBe(false)
    expect(isCarried({ ...browser, kind: 'desk' })).toBe(true)
    expect(isCarried({ ...browser, kind: 'none' })).toBe(false)
  })

  it('reads the call from what it is told in place of a number', () => {
    expect(callOf('01a216ecaf72fea5dc8ae663d2835412')).toBe('01a216ec-af72-fea5-dc8a-e663d2835412')
    expect(callOf('13912345678')).toBe('')
  })

  it('says what keeps the microphone silent', () => {
    expect(faultOf(new DOMException('', 'NotAllowedError'))).toBe('refused')
    expect(faultOf(new DOMException('', 'NotFoundError'))).toBe('unplugged')
    expect(faultOf(new Error('?'))).toBe('unheard')
  })
})

describe('whom to reach', () => {
  const agent = (staff_id: string, contact: string, availability = 'ready') =>
    ({ staff_id, name: staff_id, contact, availability, lost: false }) as HotlineAgent

  it('begins with who is ready, without me and those who are not there', () => {
    const floor = [agent('busy', 'talking'), agent(ME, 'none'), agent('free', 'none'), agent('gone', 'none', 'signed_out')]
    expect(colleagues(floor, ME, (phase) => phase).map(({ key, beside }) => [key, beside])).toEqual([['free', 'ready'], ['busy', 'talking']])
  })

  it('names an owner by the place of his number', () => {
    const found = [{ id: 'o', name: '王', phones: ['138****0001', '138****0002'] }] as never
    expect(owners(found).map(({ to }) => to)).toEqual([0, 1].map((phone) => ({ kind: 'owner', owner_id: 'o', phone })))
  })

  it('takes what could be a number, and asks nobody of a group', () => {
    expect(numbers('024-88881234')).toHaveLength(1)
    expect(numbers('王')).toEqual([])
    expect(mayBeAsked({ kind: 'group', group: 'desk' })).toBe(false)
  })
})

describe('the picture of a course', () => {
  const course: Course = { legs: [leg('caller', 0, { ended: 100 }), leg('agent', 20, { answered: 25, ended: 100 })], orders: [order('hold', 50)] }

  it('has a bar for each leg and a mark for each order, in shares of the whole', () => {
    const picture = pictureOf(course, T0)!
    expect(picture.bars.map(({ rings, talks }) => [rings.from, rings.length, talks?.from])).toEqual([[0, 0, 0], [0.2, expect.closeTo(0.05), 0.25]])
    expect(picture.marks.map((mark) => mark.at)).toEqual([0.5])
    expect(after(picture.begins, at(65))).toBe('1:05')
  })

  it('calls lost who had spoken, and says why another was not reached', () => {
    expect(endingOf({ answered_at: at(1), ending: 'unreachable' })).toBe('lost')
    expect(endingOf({ answered_at: null, ending: 'busy' })).toBe('busy')
    expect(endingOf({ answered_at: at(1), ending: null })).toBe('normal')
  })

  it('is none without a leg, and goes on to this moment', () => {
    expect(pictureOf({ legs: [], orders: [] }, T0)).toBeNull()
    expect(pictureOf({ legs: [leg('caller', 0)], orders: [] }, T0 + 40_000)!.ends).toBe(T0 + 40_000)
  })
})
