/** A picture of steps in layers, from above to below: which is in which layer, in which order. Pure. */

export interface Link {
  from: string
  to: string
}

/** `back`: it leads up again, and is drawn the other way round. */
export interface Laid {
  /** Steps by layers; a link that passes a layer has a place of its own there, named by `passing`. */
  layers: string[][]
  chains: { link: Link; back: boolean; nodes: string[] }[]
}

const SWEEPS = 8

export function layersOf(ids: readonly string[], start: string, links: readonly Link[]): Laid {
  const known = links.filter(({ from, to }) => from !== to && ids.includes(from) && ids.includes(to))
  const { order, back } = walked(ids, start, known)
  const down = known.map((link) => (back.has(link) ? { from: link.to, to: link.from } : link))
  const depth = depths(order, down)
  const layers: string[][] = []
  for (const id of order) (layers[depth.get(id)!] ??= []).push(id)
  const chains = known.map((link, n) => {
    const { from, to } = down[n]!
    const nodes = [from]
    for (let at = depth.get(from)! + 1; at < depth.get(to)!; at++) {
      const passing = `${n}:${at}`
      layers[at]!.push(passing)
      nodes.push(passing)
    }
    nodes.push(to)
    return { link, back: back.has(link), nodes }
  })
  return { layers: ordered(layers, chains.map(({ nodes }) => nodes)), chains }
}

/** From the start in the order of the ways; a link to a step that is being walked leads back. */
function walked(ids: readonly string[], start: string, links: readonly Link[]) {
  const back = new Set<Link>()
  const done: string[] = []
  const open = new Set<string>()
  const met = new Set<string>()
  function walk(id: string): void {
    met.add(id)
    open.add(id)
    // The order is read backwards in the end.
    for (const link of links.filter(({ from }) => from === id).reverse()) {
      if (open.has(link.to)) back.add(link)
      else if (!met.has(link.to)) walk(link.to)
    }
    open.delete(id)
    done.push(id)
  }
  for (const id of [start, ...ids]) if (ids.includes(id) && !met.has(id)) walk(id)
  return { order: done.reverse(), back }
}

/** The longest way down to each; `order` has each behind all that lead to it. */
function depths(order: readonly string[], down: readonly Link[]): Map<string, number> {
  const depth = new Map(order.map((id) => [id, 0]))
  for (const id of order) {
    for (const { to } of down.filter(({ from }) => from === id)) {
      depth.set(to, Math.max(depth.get(to)!, depth.get(id)! + 1))
    }
  }
  return depth
}

/** Each beside those it is joined with: up and down again, and the one with the fewest crossings. */
function ordered(layers: string[][], chains: readonly string[][]): string[][] {
  const above = new Map<string, string[]>()
  const below = new Map<string, string[]>()
  for (const nodes of chains) {
    nodes.slice(1).forEach((node, i) => {
      above.set(node, [...(above.get(node) ?? []), nodes[i]!])
      below.set(nodes[i]!, [...(below.get(nodes[i]!) ?? []), node])
    })
  }
  let now = layers
  let best = { layers, crossings: crossings(layers, below) }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isDown = sweep % 2 === 0
    const next = now.map((layer) => [...layer])
    const path = isDown ? next.keys() : [...next.keys()].reverse()
    for (const at of path) {
      const beside = next[isDown ? at - 1 : at + 1]
      if (beside !== undefined) next[at] = byMean(next[at]!, beside, isDown ? above : below)
    }
    now = next
    const count = crossings(now, below)
    if (count < best.crossings) best = { layers: now, crossings: count }
  }
  return best.layers
}

function byMean(layer: readonly string[], beside: readonly string[], joined: Map<string, string[]>): string[] {
  const mean = new Map(
    layer.map((node, i) => {
      const places = (joined.get(node) ?? []).map((one) => beside.indexOf(one)).filter((one) => one >= 0)
      const own = (i * beside.length) / layer.length
      return [node, places.length === 0 ? own : places.reduce((a, b) => a + b) / places.length]
    }),
  )
  return [...layer].sort((a, b) => mean.get(a)! - mean.get(b)!)
}

export function crossings(layers: readonly string[][], below: Map<string, string[]>): number {
  let count = 0
  layers.forEach((layer, at) => {
    const next = layers[at + 1] ?? []
    const ends = layer.flatMap((node, i) => (below.get(node) ?? []).map((to) => [i, next.indexOf(to)] as const))
    ends.forEach(([i, to], n) => ends.slice(n + 1).forEach(([j, other]) => (count += Number((i < j && to > other) || (i > j && to < other)))))
  })
  return count
}
