import { changed, type Value, type Values } from './fields'

/** Two people have edited one ticket: what each has changed, side by side. Pure. */

export type Side = 'mine' | 'theirs'

export interface Difference {
  name: string
  before: Value
  theirs: Value
  mine: Value
  /** Both have changed it, and not to the same: somebody must choose. */
  isClash: boolean
}

/** All that the other has changed since I began, with what I have there. */
export function differences(before: Values, mine: Values, theirs: Values): Difference[] {
  return changed(before, theirs).map((name) => {
    const [was, my, their] = [before[name] ?? '', mine[name] ?? '', theirs[name] ?? '']
    return { name, before: was, theirs: their, mine: my, isClash: my !== was && my !== their }
  })
}

/** The values when each clash is decided; of all others the change that was made counts. */
export function settled(before: Values, mine: Values, theirs: Values, chosen: Record<string, Side>): Values {
  const result: Values = { ...theirs }
  for (const name of changed(before, mine)) {
    const isTheirsToo = theirs[name] !== before[name]
    if (!isTheirsToo || chosen[name] === 'mine') result[name] = mine[name] ?? ''
  }
  return result
}
