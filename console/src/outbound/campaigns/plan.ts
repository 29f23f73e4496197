import type { Outcome, Plan, Rule, Said, Step, Variant, Way } from './wire'

/** Changes of a plan, each a new plan. Pure. */

export const MOST_STEPS = 8
export const MOST_VARIANTS = 24
const NO_WORDS: Said = { zh: '', en: '', subject_zh: '', subject_en: '' }
const CALLS: readonly Outcome[] = ['busy', 'no_answer', 'machine', 'unreachable', 'hung_up', 'wrong_number']
/** What may come of a step and leaves something to decide. */
export const MAY_COME: Record<Way, readonly Outcome[]> = {
  agent_call: [...CALLS, 'abandoned', 'noted'],
  automated_call: [...CALLS, 'answered'],
  text: ['undelivered'],
  email: ['undelivered'],
}
export const MARKS = ['tiers', 'models', 'provinces', 'occasions'] as const
export type Mark = (typeof MARKS)[number]

export function isCall(way: Way): boolean {
  return way === 'agent_call' || way === 'automated_call'
}

/** The ways of the plan, each once, in the order of its steps. */
export function waysOf(plan: Plan): Way[] {
  return [...new Set(plan.steps.map(({ way }) => way))]
}

export function withStep(plan: Plan, at: number, change: Partial<Step>): Plan {
  return { ...plan, steps: plan.steps.map((step, i) => (i === at ? { ...step, ...change } : step)) }
}

export function withNewStep(plan: Plan, way: Way): Plan {
  const step: Step = { way, wait_hours: 72, expires_hours: 72, rules: {}, pacing: 'preview', leave_message: false, survey_id: null }
  return { ...plan, steps: [...plan.steps, step] }
}

export function withoutStep(plan: Plan, at: number): Plan {
  return { ...plan, steps: plan.steps.filter((_, i) => i !== at) }
}

export function movedStep(plan: Plan, at: number, to: number): Plan {
  return { ...plan, steps: moved(plan.steps, at, to) }
}

/** Null takes the own rule away: as usual. */
export function withRule(step: Step, outcome: Outcome, rule: Rule | null): Pick<Step, 'rules'> {
  const { [outcome]: _, ...others } = step.rules
  return { rules: rule === null ? others : { ...others, [outcome]: rule } }
}

export function withVariant(plan: Plan, at: number, change: Partial<Variant>): Plan {
  return { ...plan, variants: plan.variants.map((one, i) => (i === at ? { ...one, ...change } : one)) }
}

/** A variant like the one looked at, before it: what is for fewer must be looked at first. */
export function withNewVariant(plan: Plan, at: number): Plan {
  const like = plan.variants[at]!
  const made = { ...like, code: freeCode(plan) }
  return { ...plan, variants: [...plan.variants.slice(0, at), made, ...plan.variants.slice(at)] }
}

export function withoutVariant(plan: Plan, at: number): Plan {
  return { ...plan, variants: plan.variants.filter((_, i) => i !== at) }
}

export function movedVariant(plan: Plan, at: number, to: number): Plan {
  return { ...plan, variants: moved(plan.variants, at, to) }
}

/** Undefined takes the words of this way away. */
export function withSaid(variant: Variant, way: Way, change: Partial<Said> | undefined): Pick<Variant, 'words'> {
  const { [way]: before, ...others } = variant.words
  return { words: change === undefined ? others : { ...others, [way]: { ...NO_WORDS, ...before, ...change } } }
}

export function isForEverybody(variant: Variant): boolean {
  return MARKS.every((mark) => variant[mark].length === 0)
}

/** "EX5, EX7" as the plan has it. */
export function listed(text: string): string[] {
  return [...new Set(text.split(/[,,、]/).map((one) => one.trim()).filter(Boolean))]
}

/** The text with a fact put in where it was marked, and where one writes on. */
export function inserted(text: string, fact: string, from: number, to: number): { text: string; at: number } {
  const put = `{${fact}}`
  return { text: text.slice(0, from) + put + text.slice(to), at: from + put.length }
}

function freeCode(plan: Plan): string {
  const taken = new Set(plan.variants.map(({ code }) => code))
  let number = plan.variants.length + 1
  while (taken.has(`variant_${number}`)) number++
  return `variant_${number}`
}

function moved<T>(list: readonly T[], at: number, to: number): T[] {
  const one = list[at]
  if (one === undefined || to < 0 || to >= list.length) return [...list]
  const rest = list.filter((_, i) => i !== at)
  return [...rest.slice(0, to), one, ...rest.slice(to)]
}

/** What stands where an owner may have no such fact. Of a visit or a year that was not there nothing
 * else is true: who has none is told by another variant. */
const OTHERWISE: Record<string, Record<'zh' | 'en', string>> = {
  model: { zh: '爱车', en: 'car' },
  plate: { zh: '您的爱车', en: 'your car' },
  due: { zh: '近期', en: 'soon' },
  survey_question: { zh: '', en: '' },
}

/** The fact with what is said otherwise, as it stands between the braces. */
export function otherwise(fact: string, language: 'zh' | 'en'): string {
  const words = OTHERWISE[fact]?.[language]
  return words === undefined ? fact : `${fact}|${words}`
}
