import type { Reading } from './wire'

/** What may be done with a place as it was understood. Pure. */

/** Codes of what speaks against it: doubts, and what must be asked. */
export function openQuestions(reading: Reading): string[] {
  return [...(reading.spot?.doubts ?? []), ...reading.ask.map((one) => `ask_${one.code}`)]
}

export function isClear(reading: Reading): boolean {
  return reading.spot !== null && openQuestions(reading).length === 0
}

/** The caller's words with the direction he has told. */
export function withDirection(text: string, towards: string): string {
  return `${text.trim()} 往${towards}方向`
}

/** Whether the words name an expressway: G and one, two or four digits (G102 is a national road). */
export function isOnExpressway(reading: Reading): boolean {
  return /^G(\d{1,2}|\d{4})(?!\d)/.test(reading.understood)
}

/** Coordinates as people write them. */
export function coordinates(lat: number, lon: number): string {
  return `${lat.toFixed(5)}, ${lon.toFixed(5)}`
}
