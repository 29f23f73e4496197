/** Where the choice in a list goes. Pure. */
export type Step = 'next' | 'previous' | 'first' | 'last'

/** -1 is none chosen yet; the ends are ends. */
export function moved(at: number, step: Step, length: number): number {
  if (length === 0) return -1
  const target = { next: at + 1, previous: at - 1, first: 0, last: length - 1 }[step]
  return Math.min(Math.max(target, 0), length - 1)
}
