import { CHINA_AHEAD } from '../../board/clock'

/** Moments as a field for date and time has them, by the clocks of China. Pure. */

const TO_THE_MINUTE = 16

export function asLocal(at: string | null): string {
  return at === null ? '' : new Date(Date.parse(at) + CHINA_AHEAD).toISOString().slice(0, TO_THE_MINUTE)
}

export function asMoment(local: string): string | null {
  return local === '' ? null : `${local}:00+08:00`
}
