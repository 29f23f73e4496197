import type { Box } from './layout'

/** Where an arrow leads from a box: along its layer, or to the nearest of the next one. Pure. */
export function nextBox(boxes: readonly Box[], from: Box, key: string): string | null {
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const row = boxes.filter(({ layer }) => layer === from.layer).sort((a, b) => a.x - b.x)
    const at = row.findIndex(({ id }) => id === from.id)
    return row[at + (key === 'ArrowRight' ? 1 : -1)]?.id ?? null
  }
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return null
  const step = key === 'ArrowDown' ? 1 : -1
  const ahead = boxes.filter(({ layer }) => (layer - from.layer) * step > 0)
  const near = (box: Box): number => Math.abs(box.layer - from.layer) * 10_000 + Math.abs(box.x - from.x)
  return ahead.sort((a, b) => near(a) - near(b))[0]?.id ?? null
}
