import type { Language } from '../i18n'

/** A rule of opening hours (Mo-Sa 08:30-17:30; PH off) as people read it; unknown parts stay. Pure. */
export function hoursWords(rule: string, language: Language): string {
  const { always, holiday, closed, days, to } = WORDS[language]
  if (rule.trim() === '24/7') return always
  return rule
    .replace(/\b(Mo|Tu|We|Th|Fr|Sa|Su)\s*-\s*(Mo|Tu|We|Th|Fr|Sa|Su)\b/g, (_, from: string, until: string) => days[from as Day] + to + days[until as Day])
    .replace(/\b(Mo|Tu|We|Th|Fr|Sa|Su)\b/g, (day) => days[day as Day])
    .replace(/\bPH\b/g, holiday)
    .replace(/\b(off|closed)\b/g, closed)
}

const WEEK = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const
type Day = (typeof WEEK)[number]

interface Names {
  always: string
  holiday: string
  closed: string
  days: Record<Day, string>
  to: string
}

function named(names: readonly string[]): Record<Day, string> {
  return Object.fromEntries(WEEK.map((day, number) => [day, names[number]!])) as Record<Day, string>
}

const WORDS: Record<Language, Names> = {
  zh: { always: '全天', holiday: '节假日', closed: '休息', days: named(['周一', '周二', '周三', '周四', '周五', '周六', '周日']), to: '至' },
  en: { always: '24 h, every day', holiday: 'public holidays', closed: 'closed', days: named(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']), to: '–' },
}
