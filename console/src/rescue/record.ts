import type { Timeline } from '../tickets/timeline'

/** One timeline of a rescue and of those that it goes on for, in the order of time. Pure. */
export function joined([first, ...others]: readonly Timeline[]): Timeline | null {
  if (first === undefined) return null
  const all = [first, ...others]
  return {
    events: all.flatMap((one) => one.events).sort((one, other) => Date.parse(one.at) - Date.parse(other.at)),
    notes: all.flatMap((one) => one.notes),
    emergencies: all.flatMap((one) => one.emergencies),
    changes: all.flatMap((one) => one.changes),
    names: Object.assign({}, ...all.map((one) => one.names)) as Timeline['names'],
  }
}
