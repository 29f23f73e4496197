/** Ages and countdowns as people read them, and when the day's figures begin anew. Pure. */

const SECOND = 1000
const DAY = 24 * 3600 * SECOND
/** China has one time and no summer time. */
export const CHINA_AHEAD = 8 * 3600 * SECOND

/** 0:25, 12:05, 3:07:10; what has passed is 0:00. */
export function span(milliseconds: number): string {
  const all = Math.max(0, Math.floor(milliseconds / SECOND))
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60]
  const tail = String(seconds).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`
}

/** How long until China's next midnight. */
export function untilMidnight(now: number): number {
  return DAY - ((now + CHINA_AHEAD) % DAY)
}
