import { widthOf } from './short'

/** Words beside the end of a line. */
export interface Label {
  x: number
  y: number
  to: string
  words: string
}

const SIGN = 6.6
const LINE = 14

/** Words that would stand over those on their left stand a line higher; empty ones are left out. Pure. */
export function placed(labels: readonly Label[]): Label[] {
  const found = labels.filter(({ words }) => words !== '').map((one) => ({ ...one })).sort((a, b) => a.x - b.x)
  found.forEach((one, i) => {
    const half = (widthOf(one.words) * SIGN) / 2
    const under = found.slice(0, i).some((other) => other.y === one.y && other.x + (widthOf(other.words) * SIGN) / 2 + 4 > one.x - half)
    if (under) one.y -= LINE
  })
  return found
}
