import type { LocationQuery } from 'vue-router'
import { STAGES, type Figures, type RescueStage } from './wire'

/** The figures of the board, and which of them the address has open. Pure. */

export type Figure = RescueStage | 'offers' | 'alarms' | 'opened_today' | 'closed_today' | 'handovers'

export const FIGURES: readonly Figure[] = [
  ...STAGES,
  'offers',
  'alarms',
  'handovers',
  'opened_today',
  'closed_today',
]

/** The figure that is open; null when none is. */
export function openFigure(query: LocationQuery): Figure | null {
  return FIGURES.find((figure) => figure === query.open) ?? null
}

export function isStage(figure: Figure): figure is RescueStage {
  return (STAGES as readonly string[]).includes(figure)
}

export function countOf(figures: Figures, figure: Figure): number {
  return isStage(figure) ? (figures.rescues[figure] ?? 0) : figures[figure]
}

/** Whether somebody should look: nobody has taken it, or nobody has seen it. */
export function isUrgent(figure: Figure, count: number): boolean {
  return count > 0 && (figure === 'alarms' || figure === 'handovers')
}
