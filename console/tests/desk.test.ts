import { expect, test } from 'vitest'
import type { Call, Owner, Ringing, Ticket, Vehicle } from '../src/api/wire'
import { contactsOf } from '../src/customers/contacts'
import { carWords } from '../src/customers/carWords'
import { asideIn, laidAside, without } from '../src/desk/aside'
import { afterNews, FREE, inOrder } from '../src/desk/pop'
import { alreadyOf, ASK, callerOf, OTHER, plateIn } from '../src/desk/steps'
import { needsSomeone } from '../src/desk/waiting'

const call = (id: string, state: Call['state'] = 'ringing', minute = 0, more: Partial<Call> = {}): Call =>
  ({ id, state, ringing_at: `2026-11-25T10:${10 + minute}:00Z`, ticket_id: null, ...more }) as Call
const working = { call: 'x', ticket: '', isPopped: false }

test('who is free gets the call that has rung longest', () => {
  const next = afterNews(FREE, [call('b', 'ringing', 2), call('a', 'ringing', 1), call('c', 'answered')])
  expect(next).toEqual({ call: 'a', ticket: '', isPopped: true })
})

test('nothing comes over what somebody is at work on, be it a call or a ticket', () => {
  const reading = { call: '', ticket: 't', isPopped: false }
  expect(afterNews(working, [call('a')])).toBe(working)
  expect(afterNews(reading, [call('a')])).toBe(reading)
})

test('a call that came by itself goes when a colleague took it, and the next one comes', () => {
  const popped = { call: 'a', ticket: '', isPopped: true }
  expect(afterNews(popped, [call('a'), call('b', 'ringing', 1)])).toBe(popped)
  expect(afterNews(popped, [call('a', 'answered')])).toEqual(FREE)
  expect(afterNews(popped, [call('b', 'ringing', 1)])).toEqual({ call: 'b', ticket: '', isPopped: true })
})

test('what he took or wrote on stays when it has ended', () => {
  expect(afterNews(working, [])).toBe(working)
  expect(inOrder([call('a', 'answered'), call('b')]).map((one) => one.id)).toEqual(['b', 'a'])
})

test('the last thing laid aside is the first to go back to, and each is there once', () => {
  const laid = (call: string) => ({ call, ticket: '', picked: { owner: '', car: '', about: '' as const }, words: call })
  const aside = ['a', 'b', 'a'].reduce((all, one) => laidAside(all, laid(one)), asideIn(''))
  expect(aside.map((one) => one.call)).toEqual(['a', 'b'])
  expect(without(aside, { call: 'a', ticket: '' })).toEqual([laid('b')])
  expect(asideIn(JSON.stringify(aside))).toEqual(aside)
  expect(asideIn('[{"ticket":"t"}]')).toEqual([{ ...laid(''), ticket: 't' }])
  expect(asideIn('nonsense')).toEqual([])
})

const car = (id: string, plate: string | null = null) => ({ id, plate, model: '', vin: 'LYXC1A2B0P0000001' }) as Vehicle
const owner = (id: string, ...vehicles: Vehicle[]) => ({ id, name: id, vehicles }) as Owner
const rings = (...owners: Owner[]) => ({ call: call('a'), owners }) as Ringing
const NOTHING = { owner: '', car: '' }

test('one owner with one car is not asked for', () => {
  const caller = callerOf(rings(owner('o', car('c'))), NOTHING)
  expect([caller.step, caller.owner?.id, caller.car?.id, caller.isUnknown]).toEqual(['about', 'o', 'c', false])
})

test('a shared phone asks who, several cars ask which', () => {
  const shared = rings(owner('o', car('c')), owner('p', car('d'), car('e')))
  expect(callerOf(shared, NOTHING).step).toBe('who')
  expect(callerOf(shared, { owner: 'p', car: '' }).step).toBe('car')
  expect(callerOf(shared, { owner: 'p', car: 'e' })).toMatchObject({ step: 'about', car: { id: 'e' } })
  expect(callerOf(shared, { owner: 'p', car: OTHER })).toMatchObject({ step: 'about', car: null })
  expect(callerOf(shared, { owner: 'p', car: 'gone' }).step).toBe('car')
})

test('unknown is a number nobody has, and somebody else at a known one', () => {
  expect(callerOf(rings(), NOTHING)).toMatchObject({ step: 'about', isUnknown: true, owner: null })
  expect(callerOf(rings(owner('o')), { owner: OTHER, car: '' }).isUnknown).toBe(true)
  expect(callerOf(rings(owner('o', car('c'))), { owner: ASK, car: '' }).step).toBe('who')
})

test.each([
  ['辽A12345', '辽A12345'],
  ['辽a·d 12345', '辽AD12345'],
  ['沪A1234警', '沪A1234警'],
  ['白色昀驰S7', null],
  ['S7', null],
])('the plate in %s is %s', (words, plate) => expect(plateIn(words)).toBe(plate))

test('a car without a plate is told by its VIN', () => {
  expect([carWords(car('c')), carWords(car('c', '辽A1'))]).toEqual(['…000001', '辽A1'])
})

test('help on its way and what colleagues work on needs nobody', () => {
  const ticket = (stage: Ticket['stage'], assignee_id: string | null = null) => ({ stage, assignee_id }) as Ticket
  const waiting = [ticket('dispatching'), ticket('en_route'), ticket('opened', 'me'), ticket('opened', 'she')]
  expect(waiting.map((one) => needsSomeone(one, 'staff:me'))).toEqual([true, false, true, false])
})

test('a ticket and the call it was opened out of are one contact, a second call is another', () => {
  const ticket = { id: 't', opened_at: '2026-11-25T10:11:30Z' } as Ticket
  const ended = (id: string, minute: number, ticket_id: string | null) => call(id, 'ended', minute, { ticket_id })
  const found = contactsOf([ended('a', 1, 't'), ended('b', 9, 't'), ended('c', 0, null), call('now')], [ticket], 9)
  expect(found.map((one) => one.id)).toEqual(['b', 't', 'c'])
})

test('what is open from his number, about him or his car is named; what is another\'s at a shared phone is not', () => {
  const ticket = (id: string, owner_id: string | null, vehicle_id: string | null = null) => ({ id, owner_id, vehicle_id }) as Ticket
  const tickets = [ticket('his', 'o'), ticket('nobodys', null), ticket('of-his-car', 'p', 'c'), ticket('hers', 'p', 'd')]
  const rung: Ringing = { ...rings(owner('o', car('c'))), tickets }
  const ids = (all: Ticket[]) => all.map((one) => one.id)
  expect(ids(alreadyOf(rung, callerOf(rung, NOTHING), [ticket('his', 'o')]))).toEqual(['his', 'nobodys', 'of-his-car'])
  const unknown: Ringing = { ...rings(), tickets }
  expect(ids(alreadyOf(unknown, callerOf(unknown, NOTHING), []))).toEqual(ids(tickets))
})
