/** How likely an owner still comes to us, in words. Pure. */

export type Chance = 'sure' | 'likely' | 'open' | 'lost'
const LEAST: readonly (readonly [Chance, number])[] = [['sure', 0.8], ['likely', 0.5], ['open', 0.3]]

/** `share`: between 0 and 1. Below 0.3 he has probably gone elsewhere, as the service says, too. */
export function chance(share: number): Chance {
  return LEAST.find(([, least]) => share >= least)?.[0] ?? 'lost'
}
