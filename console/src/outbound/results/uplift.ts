import type { components } from '../../api/schema'

/** What two arms show of one effect, as places on a picture. Pure. */

export type Compared = components['schemas']['ComparedOut']
export type Tone = 'good' | 'bad' | 'unclear' | 'open'
export const LEAST = { members: 30, effects: 5 }
const STEP = 5

/** From where to where the picture of the differences goes, in a hundred; none is always on it. */
export interface Scale {
  low: number
  high: number
}

/** Whether a difference can be drawn. */
export function isTold({ verdict, uplift }: Compared): boolean {
  return uplift !== null && verdict !== 'too_few' && verdict !== 'no_hold_out'
}

/** Round bounds around all intervals that can be told. */
export function scaleOf(effects: readonly Compared[]): Scale {
  const told = effects.filter(isTold).map(({ uplift }) => uplift!)
  const low = Math.min(0, ...told.map((one) => one.low * 100))
  const high = Math.max(0, ...told.map((one) => one.high * 100))
  return { low: Math.floor(low / STEP) * STEP - (low < 0 ? 0 : STEP), high: Math.ceil(high / STEP) * STEP + (high > 0 ? 0 : STEP) }
}

/** Where on the scale a share lies, in percent of its width. */
export function placeOf(share: number, { low, high }: Scale): number {
  return (100 * (share * 100 - low)) / (high - low)
}

/** More is good but of complaints. */
export function toneOf({ effect, verdict }: Compared): Tone {
  if (verdict === 'not_clear') return 'unclear'
  if (verdict !== 'more' && verdict !== 'fewer') return 'open'
  return (verdict === 'more') === (effect !== 'complained') ? 'good' : 'bad'
}

/** "+12.3": a difference of shares, in a hundred. */
export function inHundred(share: number): string {
  const rounded = (share * 100).toFixed(1)
  return share > 0 ? `+${rounded}` : rounded.replace('-', '−')
}

export interface Meter {
  what: 'treated' | 'held_out' | 'effects'
  have: number
  need: number
}

/** How far those are that something is still missing of. */
export function metersOf({ treated, held_out: heldOut, missing }: Compared): Meter[] {
  const all: Meter[] = [
    { what: 'treated', have: treated.members, need: LEAST.members },
    { what: 'held_out', have: heldOut.members, need: LEAST.members },
    { what: 'effects', have: treated.effects + heldOut.effects, need: LEAST.effects },
  ]
  return all.filter(({ what }) => missing[what] > 0)
}
