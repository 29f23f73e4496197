import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { CallFlow } from '../src/api/wire'
import { differing, isSameFlow, rebased, withNew, withStep, without } from '../src/flow/edit'
import { layersOf } from '../src/flow/layers'
import { NODE, pack, pictureOf } from '../src/flow/layout'
import { nextBox } from '../src/flow/moves'
import { short } from '../src/flow/short'
import { exitsOf, KINDS, stepOf } from '../src/flow/steps'

const FLOW = JSON.parse(readFileSync(new URL('../../callcenter/telephony/flow/default.json', import.meta.url), 'utf8')) as CallFlow

test('every step has a box of its own, and every way a line down, or up again', () => {
  const { boxes, ways, width, height } = pictureOf(FLOW)
  expect(boxes.map(({ id }) => id).sort()).toEqual(FLOW.steps.map(({ id }) => id).sort())
  for (const box of boxes) {
    expect(box.x).toBeGreaterThanOrEqual(0)
    expect(box.x + NODE.width).toBeLessThanOrEqual(width)
    expect(box.y + NODE.height).toBeLessThanOrEqual(height)
    const over = boxes.filter((one) => one !== box && one.y === box.y && Math.abs(one.x - box.x) < NODE.width)
    expect(over).toEqual([])
  }
  const at = new Map(boxes.map((box) => [box.id, box.y]))
  const up = ways.filter(({ from, to }) => at.get(from)! >= at.get(to)!)
  expect(up.map(({ from, to }) => `${from} ${to}`).sort()).toEqual(['chinese menu', 'english menu'])
  const drawn = ways.flatMap(({ from, exits }) => exits.map(({ way, key, target }) => `${from} ${way} ${key} ${target}`))
  const all = FLOW.steps.flatMap((step) => exitsOf(step).map(({ way, key, target }) => `${step.id} ${way} ${key} ${target}`))
  expect(drawn.sort()).toEqual(all.sort())
})

test('lines that need not cross do not', () => {
  const links = [['a', 'c'], ['a', 'd'], ['b', 'd'], ['b', 'c'], ['s', 'a'], ['s', 'b'], ['a', 'x'], ['b', 'y']]
  const { layers } = layersOf(['s', 'a', 'b', 'y', 'c', 'd', 'x'], 's', links.map(([from, to]) => ({ from: from!, to: to! })))
  expect(layers.map((layer) => layer.length)).toEqual([1, 2, 4])
  const [a, b] = [layers[1]!.indexOf('a'), layers[1]!.indexOf('b')]
  expect(Math.sign(layers[2]!.indexOf('x') - layers[2]!.indexOf('y'))).toBe(Math.sign(a - b))
})

test('boxes stand where they are wanted, and beside each other where all want one place', () => {
  expect(pack(['a', 'b'], [0, 1000])).toEqual([0, 1000])
  const [a, b] = pack(['a', 'b'], [50, 50]) as [number, number]
  expect(b - a).toBeGreaterThanOrEqual(NODE.width)
  expect((a + b) / 2).toBe(50)
})

test('a step that is in the middle of being made, and one that leads to itself, are drawn', () => {
  const { flow, id } = withNew(FLOW, 'gather', 'menu')
  const menu = stepOf(flow, 'menu')!
  if (menu.kind !== 'gather') throw new Error()
  const odd = withStep(flow, { ...menu, keys: { ...menu.keys, '7': 'menu', '6': 'nowhere' } })
  const picture = pictureOf(odd)
  expect(picture.boxes.map((box) => box.id)).toContain(id)
  expect(picture.ways.some(({ from, to }) => from === 'menu' && to === 'menu')).toBe(true)
  for (const kind of KINDS) expect(pictureOf(withNew(FLOW, kind, '').flow).boxes).toHaveLength(FLOW.steps.length + 1)
})

test('arrows go through the picture', () => {
  const { boxes } = pictureOf(FLOW)
  const box = (id: string) => boxes.find((one) => one.id === id)!
  expect(nextBox(boxes, box('greeting'), 'ArrowDown')).toBe('recorded')
  expect(nextBox(boxes, box('recorded'), 'ArrowUp')).toBe('greeting')
  expect(nextBox(boxes, box('greeting'), 'ArrowUp')).toBe(null)
  const row = boxes.filter(({ layer }) => layer === box('english').layer).sort((a, b) => a.x - b.x)
  expect(nextBox(boxes, row[0]!, 'ArrowRight')).toBe(row[1]!.id)
  expect(nextBox(boxes, row[0]!, 'x')).toBe(null)
})

test('what led to a step that is removed leads nowhere; a key of it is no key any more', () => {
  const flow = without(FLOW, 'rescue_safety')
  expect(exitsOf(stepOf(flow, 'menu')!).map(({ key }) => key)).not.toContain('3')
  expect(exitsOf(stepOf(without(FLOW, 'menu'), 'english')!)).toEqual([{ way: 'next', key: '', target: null }])
  expect(differing(FLOW, flow)).toEqual(['menu', 'rescue_safety', 'after_hours'])
  expect(isSameFlow(FLOW, JSON.parse(JSON.stringify(FLOW)) as CallFlow)).toBe(true)
  expect(isSameFlow(FLOW, { ...FLOW, start: 'menu' })).toBe(false)
})

test('a new step has a word of its own and stands behind the one it is made for', () => {
  const once = withNew(FLOW, 'say', 'menu')
  const twice = withNew(once.flow, 'say', 'menu')
  expect([once.id, twice.id]).toEqual(['say_1', 'say_2'])
  const ids = twice.flow.steps.map(({ id }) => id)
  expect(ids.slice(ids.indexOf('menu'), ids.indexOf('menu') + 3)).toEqual(['menu', 'say_2', 'say_1'])
})

test('a text is as long as its box', () => {
  expect(short('道路救援请按3', 20)).toBe('道路救援请按3')
  expect(short('道路救援请按3', 8)).toBe('道路救援…')
  expect(short('press 3 for rescue', 8)).toBe('press 3…')
})

test('my changes go onto what somebody else has published, and of what both changed mine stand', () => {
  const said = (flow: CallFlow, id: string, zh: string) => {
    const step = stepOf(flow, id)!
    return withStep(flow, { ...step, words: { zh, en: zh } } as typeof step)
  }
  const theirs = { ...said(said(without(FLOW, 'chinese'), 'greeting', 'theirs'), 'message_thanks', 'theirs'), fallback: 'rescue_queue' }
  const made = withNew(said(said(without(FLOW, 'english'), 'greeting', 'mine'), 'rescue_wait', 'mine'), 'hang_up', 'greeting')
  const { flow, both } = rebased(FLOW, theirs, made.flow)
  expect(both.sort()).toEqual(['greeting', 'menu'])
  const words = (id: string) => (stepOf(flow, id) as { words: { zh: string } }).words.zh
  expect([words('greeting'), words('message_thanks'), words('rescue_wait')]).toEqual(['mine', 'theirs', 'mine'])
  expect(['chinese', 'english'].map((id) => stepOf(flow, id))).toEqual([undefined, undefined])
  const ids = flow.steps.map(({ id }) => id)
  expect(ids[ids.indexOf('greeting') + 1]).toBe('hang_up_1')
  expect(flow.fallback).toBe('rescue_queue')
  expect(rebased(FLOW, theirs, FLOW).flow).toEqual(theirs)
})
