import { optionsOf } from './edit'
import type { Figures, Interval, Language, Question } from './wire'

/** Figures of results in words. Pure. */

export interface Bar {
  code: string
  label: string
  count: number
  share: number
  low: number | null
  high: number | null
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`
}

export function span(low: number | null, high: number | null): string {
  return low === null || high === null ? '' : `${percent(low)} – ${percent(high)}`
}

/** An estimate with its interval, so many decimals. */
export function estimate(interval: Interval, decimals: number): string {
  const value = interval.value.toFixed(decimals)
  if (interval.low === null || interval.high === null) return value
  return `${value} (${interval.low.toFixed(decimals)} – ${interval.high.toFixed(decimals)})`
}

export function shareWords(interval: Interval): string {
  const between = span(interval.low, interval.high)
  return between ? `${percent(interval.value)} (${between})` : percent(interval.value)
}

/** What a code of this question is called. */
export function labelOf(question: Question, code: string, language: Language): string {
  const option = optionsOf(question).find((one) => one.code === code)
  return option?.words[language] || code
}

export function barsOf(question: Question, shares: Figures['shares'], language: Language): Bar[] {
  return shares.map((one) => ({
    code: one.code,
    label: labelOf(question, one.code, language),
    count: one.count,
    share: one.share.value,
    low: one.share.low,
    high: one.share.high,
  }))
}
