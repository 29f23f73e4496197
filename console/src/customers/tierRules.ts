import { MEASURES, type Measure, type TierRule } from './care'

/** The rules of the tiers as a form has them: one line for silver and gold each. Pure. */

export const RULED = [1, 2] as const

export interface RuleDraft {
  tier: number
  isUsed: boolean
  needs: TierRule['needs']
  least: Record<Measure, string>
}

/** The rules as they are edited; those that are not in use begin empty. */
export function draftsOf(rules: readonly TierRule[]): RuleDraft[] {
  const tiers = [...new Set([...RULED, ...rules.map((rule) => rule.tier)])]
  return tiers.map((tier) => {
    const rule = rules.find((one) => one.tier === tier)
    const least = MEASURES.map((one) => [one, rule?.least[one]?.toString() ?? ''])
    return { tier, isUsed: rule !== undefined, needs: rule?.needs ?? 'any', least: Object.fromEntries(least) as RuleDraft['least'] }
  })
}

/** What is sent: the rules in use, without thresholds that are empty. */
export function rulesOf(drafts: readonly RuleDraft[]): TierRule[] {
  return drafts.filter((one) => one.isUsed).map(({ tier, needs, least }) => ({ tier, needs, least: leastOf(least) }))
}

/** Whether each rule in use has a threshold: one without would be nobody's. */
export function isWhole(drafts: readonly RuleDraft[]): boolean {
  return rulesOf(drafts).every((rule) => MEASURES.some((one) => rule.least[one] !== null))
}

function leastOf(least: RuleDraft['least']): TierRule['least'] {
  const typed = MEASURES.map((one) => [one, String(least[one]).trim() === '' ? null : Number(least[one])])
  return Object.fromEntries(typed) as TierRule['least']
}
