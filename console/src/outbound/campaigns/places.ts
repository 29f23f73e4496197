import type { Plan, Way } from './wire'

/** Where a fault is, on the page. Pure. */

export type Section = 'steps' | 'variants' | 'measure'
export interface Place {
  section: Section
  step?: number
  variant?: number
  way?: Way
  field?: string
}

/** "steps.0", "steps.0.survey_id", "variants.gold.text", "ways.text", "hold_out_percent" as the API has it. */
export function placeOf(where: string, plan: Plan): Place {
  const [head, code, way] = where.split('.')
  if (head === 'steps') return { section: 'steps', step: Number(code ?? 0), ...(way !== undefined && { field: way }) }
  if (head === 'ways') return { section: 'variants', way: code as Way }
  if (head !== 'variants') return { section: 'measure' }
  const variant = plan.variants.findIndex((one) => one.code === code)
  return { section: 'variants', ...(variant >= 0 && { variant }), ...(way !== undefined && { way: way as Way }) }
}
