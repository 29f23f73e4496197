import type { CallFlow } from '../api/wire'
import { layersOf, type Laid, type Link } from './layers'
import { exitsOf, type Exit } from './steps'

/** Where each step and each way of a flow is drawn. Pure. */

export const NODE = { width: 158, height: 48 }
const GAP = { across: 26, down: 44 }
const PASSING = 14
const MARGIN = 14
const SWEEPS = 12

export interface Box {
  id: string
  x: number
  y: number
  layer: number
}
export interface Way {
  from: string
  to: string
  exits: Exit[]
  path: string
  /** Where its words stand, before its end. */
  label: { x: number; y: number }
}
export interface Picture {
  width: number
  height: number
  boxes: Box[]
  ways: Way[]
}

interface Point {
  x: number
  y: number
}

export function pictureOf(flow: CallFlow): Picture {
  const { joined, exits } = linksOf(flow)
  const laid = layersOf(flow.steps.map(({ id }) => id), flow.start, joined)
  const middle = middles(laid)
  const least = Math.min(...middle.values()) - NODE.width / 2
  const x = (node: string): number => middle.get(node)! - least + MARGIN
  const y = (layer: number): number => MARGIN + layer * (NODE.height + GAP.down)
  const layerOf = new Map(laid.layers.flatMap((layer, at) => layer.map((node) => [node, at] as const)))
  const boxes = flow.steps.map(({ id }) => ({ id, x: x(id) - NODE.width / 2, y: y(layerOf.get(id)!), layer: layerOf.get(id)! }))
  const port = portsOf(laid, x)
  const ways = laid.chains.map(({ link, back, nodes }, n): Way => {
    const points = nodes.flatMap((node, i): Point[] => {
      const top = { x: x(node), y: y(layerOf.get(node)!) }
      const bottom = { x: top.x, y: top.y + NODE.height }
      if (i === 0) return [{ ...bottom, x: port.out.get(n)! }]
      return i === nodes.length - 1 ? [{ ...top, x: port.in.get(n)! }] : [top, bottom]
    })
    if (back) points.reverse()
    return { ...link, exits: exits.get(key(link))!, path: pathOf(points), label: labelOf(points) }
  })
  const right = Math.max(...[...middle.keys()].map((node) => x(node) + NODE.width / 2))
  return { width: right + MARGIN, height: y(laid.layers.length) - GAP.down + MARGIN, boxes, ways: [...ways, ...loops(flow, exits, boxes)] }
}

/** Ways between the same two steps are one line. */
function linksOf(flow: CallFlow): { joined: Link[]; exits: Map<string, Exit[]> } {
  const exits = new Map<string, Exit[]>()
  const joined: Link[] = []
  for (const step of flow.steps) {
    for (const exit of exitsOf(step)) {
      if (exit.target === null) continue
      const link = { from: step.id, to: exit.target }
      const before = exits.get(key(link))
      if (before === undefined) joined.push(link)
      exits.set(key(link), [...(before ?? []), exit])
    }
  }
  return { joined, exits }
}

function key({ from, to }: Link): string {
  return `${from} ${to}`
}

/** The middle of each step: near those it is joined with, and not over its neighbours. */
function middles({ layers, chains }: Laid): Map<string, number> {
  const at = new Map<string, number>()
  for (const layer of layers) pack(layer, layer.map((_, i) => i * (NODE.width + GAP.across))).forEach((x, i) => at.set(layer[i]!, x))
  const above = new Map<string, string[]>()
  const below = new Map<string, string[]>()
  for (const { nodes } of chains) {
    nodes.slice(1).forEach((node, i) => {
      above.set(node, [...(above.get(node) ?? []), nodes[i]!])
      below.set(nodes[i]!, [...(below.get(nodes[i]!) ?? []), node])
    })
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const joined = sweep % 2 === 0 ? above : below
    for (const layer of sweep % 2 === 0 ? layers : [...layers].reverse()) {
      const wanted = layer.map((node) => {
        const others = joined.get(node) ?? []
        return others.length === 0 ? at.get(node)! : others.reduce((sum, one) => sum + at.get(one)!, 0) / others.length
      })
      pack(layer, wanted).forEach((x, i) => at.set(layer[i]!, x))
    }
  }
  return at
}

/** As near to what is wanted as the neighbours allow (pool adjacent violators). */
export function pack(layer: readonly string[], wanted: readonly number[]): number[] {
  const offset: number[] = []
  layer.forEach((node, i) => offset.push(i === 0 ? 0 : offset[i - 1]! + (half(layer[i - 1]!) + half(node) + GAP.across)))
  const pools: { sum: number; count: number }[] = []
  wanted.forEach((want, i) => {
    let pool = { sum: want - offset[i]!, count: 1 }
    while (pools.length > 0 && mean(pools.at(-1)!) > mean(pool)) {
      const before = pools.pop()!
      pool = { sum: before.sum + pool.sum, count: before.count + pool.count }
    }
    pools.push(pool)
  })
  const placed = pools.flatMap((pool) => Array.from({ length: pool.count }, () => mean(pool)))
  return placed.map((x, i) => x + offset[i]!)
}

function mean({ sum, count }: { sum: number; count: number }): number {
  return sum / count
}

function half(node: string): number {
  return (node.includes(':') ? PASSING : NODE.width) / 2
}

/** Each line meets its box at a place of its own, in the order of where it comes from. */
function portsOf({ chains }: Laid, x: (node: string) => number) {
  const spread = (end: 'out' | 'in'): Map<number, number> => {
    const found = new Map<number, number>()
    const byBox = new Map<string, { n: number; towards: number }[]>()
    chains.forEach(({ nodes }, n) => {
      const box = end === 'out' ? nodes[0]! : nodes.at(-1)!
      const towards = x(end === 'out' ? nodes[1]! : nodes.at(-2)!)
      byBox.set(box, [...(byBox.get(box) ?? []), { n, towards }])
    })
    for (const [box, lines] of byBox) {
      lines.sort((a, b) => a.towards - b.towards)
      lines.forEach(({ n }, i) => found.set(n, x(box) + NODE.width * ((i + 1) / (lines.length + 1) - 0.5)))
    }
    return found
  }
  return { out: spread('out'), in: spread('in') }
}

/** Straight through a layer, bent between two. */
function pathOf(points: readonly Point[]): string {
  return points.reduce((path, to, i) => {
    const from = points[i - 1]
    if (from === undefined) return `M${round(to.x)} ${round(to.y)}`
    if (from.x === to.x) return `${path}V${round(to.y)}`
    const bend = round((from.y + to.y) / 2)
    return `${path}C${round(from.x)} ${bend} ${round(to.x)} ${bend} ${round(to.x)} ${round(to.y)}`
  }, '')
}

function labelOf(points: readonly Point[]): Point {
  const end = points.at(-1)!
  const up = end.y > points.at(-2)!.y ? -1 : 1
  return { x: round(end.x), y: round(end.y + up * 17) }
}

/** A step that leads to itself. */
function loops(flow: CallFlow, exits: Map<string, Exit[]>, boxes: readonly Box[]): Way[] {
  return flow.steps.flatMap(({ id }) => {
    const own = exits.get(key({ from: id, to: id }))
    const { x, y } = boxes.find((box) => box.id === id)!
    const right = x + NODE.width
    const path = `M${right} ${y + 12}c22 0 22 24 0 24`
    return own === undefined ? [] : [{ from: id, to: id, exits: own, path, label: { x: right + 12, y: y + 24 } }]
  })
}

function round(length: number): number {
  return Math.round(length * 10) / 10
}
