import type { Language } from './index'

/** Times are shown as clocks in China show them, wherever the browser is. */
const ZONE = 'Asia/Shanghai'
const FORM = { timeZone: ZONE, month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const FORMATS: Record<Language, Intl.DateTimeFormat> = {
  zh: new Intl.DateTimeFormat('zh-CN', FORM),
  en: new Intl.DateTimeFormat('en-GB', FORM),
}

const YEARS = new Intl.DateTimeFormat('en', { timeZone: ZONE, year: 'numeric' })
const WITH_YEAR: Record<Language, Intl.DateTimeFormat> = {
  zh: new Intl.DateTimeFormat('zh-CN', { ...FORM, year: 'numeric' }),
  en: new Intl.DateTimeFormat('en-GB', { ...FORM, year: 'numeric' }),
}

/** To the minute; with its year when that is not this one. */
export function shortTime(at: string, language: Language, now = new Date()): string {
  const then = new Date(at)
  const formats = YEARS.format(then) === YEARS.format(now) ? FORMATS : WITH_YEAR
  return formats[language].format(then)
}

/** A day as the API has it (2026-10-01), with its weekday. */
export function dayName(day: string, language: Language): string {
  const weekday = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: 'UTC',
    weekday: 'short',
  }).format(new Date(`${day}T00:00:00Z`))
  return `${day} ${weekday}`
}

/** To the second, with its year: for what is looked up long after. */
export function fullTime(at: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    ...FORM,
    year: 'numeric',
    second: '2-digit',
  }).format(new Date(at))
}
