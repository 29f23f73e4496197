import type { Kind, Stage } from '../api/wire'

/** The steps a person may take at the desk. Pure; whether one is allowed now, the API decides. */
export type Step = 'start' | 'resolution' | 'closure' | 'cancellation' | 'reopening'

/** These ask how it ended. */
export const WITH_OUTCOME: ReadonlySet<Step> = new Set<Step>(['resolution', 'cancellation'])

const ENDS: Partial<Record<Stage, readonly Step[]>> = {
  resolved: ['closure', 'reopening'],
  closed: ['reopening'],
  cancelled: ['reopening'],
}
const DESK: Partial<Record<Stage, readonly Step[]>> = {
  opened: ['start', 'resolution', 'cancellation'],
  in_progress: ['resolution', 'cancellation'],
  ...ENDS,
}
// While a station is asked or under way the rescue's own page ends it, so that the station is told.
const RESCUE: Partial<Record<Stage, readonly Step[]>> = {
  opened: ['resolution', 'cancellation'],
  handed_over: ['resolution', 'cancellation'],
  ...ENDS,
}

/** What may come next, the likeliest first. */
export function stepsOf(kind: Kind, stage: Stage): readonly Step[] {
  return (kind === 'rescue' ? RESCUE : DESK)[stage] ?? []
}
