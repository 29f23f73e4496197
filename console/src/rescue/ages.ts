/** How old something is, in the words' own units. Pure. */
export interface Age {
  unit: 'seconds' | 'minutes' | 'hours'
  n: number
}

export function ageOf(at: string, nowMs: number): Age {
  const seconds = Math.max(0, Math.round((nowMs - Date.parse(at)) / 1000))
  if (seconds < 120) return { unit: 'seconds', n: seconds }
  if (seconds < 7200) return { unit: 'minutes', n: Math.floor(seconds / 60) }
  return { unit: 'hours', n: Math.floor(seconds / 3600) }
}

/** Whole minutes until then, at least one; negative when it has passed. */
export function minutesUntil(at: string, nowMs: number): number {
  const minutes = (Date.parse(at) - nowMs) / 60_000
  return minutes < 0 ? Math.floor(minutes) : Math.max(1, Math.ceil(minutes))
}

/** 2.4 km, 18 km: no more figures than help. */
export function kilometres(metres: number): string {
  const km = metres / 1000
  return km < 10 ? km.toFixed(1) : String(Math.round(km))
}
