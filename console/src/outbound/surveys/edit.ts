import type { Answer, Both, Branch, Condition, Option, Question, QuestionType, Quota, Survey, UsedCodes } from './wire'

/** Changes of a survey while it is written. Pure: each answers a new one. */

export const TYPES: readonly QuestionType[] = [
  'single', 'multiple', 'scale', 'nps', 'csat', 'ces', 'text', 'number', 'date', 'matrix',
]
export const FACTS = ['tier', 'province', 'model', 'car_age'] as const
/** Of a survey that was never published. */
export const NONE_USED: UsedCodes = { questions: {}, quotas: [] }
const NONE: Both = { zh: '', en: '' }

export function blankSurvey(): Survey {
  return {
    title: { ...NONE }, intro: { ...NONE }, thanks: { ...NONE }, screened_out: { ...NONE }, over_quota: { ...NONE },
    questions: [], quotas: [], place_held_min: 30, lives_days: 14,
  }
}

/** The first of q1, q2, ... that is free. What an edition has used stays taken: its answers are counted by it. */
export function freeCode(beginning: string, taken: readonly string[]): string {
  for (let n = 1; ; n += 1) if (!taken.includes(`${beginning}${n}`)) return `${beginning}${n}`
}

export function blankOption(there: readonly Option[], used: readonly string[] = []): Option {
  return { code: freeCode('o', [...there.map((one) => one.code), ...used]), words: { ...NONE }, key: null, bad: false }
}

export function blankQuestion(type: QuestionType, survey: Survey, used: UsedCodes = NONE_USED): Question {
  const asked = {
    code: freeCode('q', [...survey.questions.map((one) => one.code), ...Object.keys(used.questions)]),
    words: { ...NONE }, hint: { ...NONE }, required: true, only_if: null, after: [],
  }
  const scored = { low_words: { ...NONE }, high_words: { ...NONE }, bad_up_to: null }
  const two = [blankOption([])]
  two.push(blankOption(two))
  switch (type) {
    case 'single': return { ...asked, type, options: two, other: null }
    case 'multiple': return { ...asked, type, options: two, other: null, at_least: 1, at_most: null }
    case 'scale': return { ...asked, ...scored, type, low: 1, high: 5 }
    case 'csat': return { ...asked, ...scored, type, is_rating: false }
    case 'nps': return { ...asked, ...scored, type }
    case 'ces': return { ...asked, ...scored, type }
    case 'text': return { ...asked, type, max_length: 1000 }
    case 'number': return { ...asked, type, low: null, high: null, decimals: 0, unit: { ...NONE } }
    case 'date': return { ...asked, type, not_before: null, not_after: null }
    case 'matrix': return { ...asked, type, rows: [blankOption([])], columns: two }
  }
}

export function withQuestion(survey: Survey, question: Question, at: number): Survey {
  return { ...survey, questions: survey.questions.map((one, n) => (n === at ? question : one)) }
}

export function withNew(survey: Survey, type: QuestionType, used: UsedCodes): Survey {
  return { ...survey, questions: [...survey.questions, blankQuestion(type, survey, used)] }
}

export function without(survey: Survey, at: number): Survey {
  return { ...survey, questions: survey.questions.filter((_, n) => n !== at) }
}

export function moved(survey: Survey, at: number, by: -1 | 1): Survey {
  const questions = [...survey.questions]
  const [one] = questions.splice(at, 1)
  if (one) questions.splice(at + by, 0, one)
  return { ...survey, questions }
}

export function blankQuota(survey: Survey, used: UsedCodes): Quota {
  return { code: freeCode('quota', [...survey.quotas.map((one) => one.code), ...used.quotas]), words: { ...NONE }, target: 100, when: null }
}

/** With those of an edition that has just been published. */
export function withUsed(used: UsedCodes, edition: Survey): UsedCodes {
  const questions = { ...used.questions }
  for (const one of edition.questions) {
    const codes = [...optionsOf(one), ...(one.type === 'matrix' ? one.rows : [])].map((option) => option.code)
    questions[one.code] = [...new Set([...(questions[one.code] ?? []), ...codes])]
  }
  return { questions, quotas: [...new Set([...used.quotas, ...edition.quotas.map((one) => one.code)])] }
}

/** What can be said about this question in a condition, to begin with. */
export function conditionOn(question: Question): Condition {
  if (question.type === 'single' || question.type === 'multiple')
    return { kind: 'chosen', question: question.code, any_of: question.options.slice(0, 1).map((one) => one.code), row: null }
  if (question.type === 'matrix')
    return { kind: 'chosen', question: question.code, any_of: question.columns.slice(0, 1).map((one) => one.code), row: null }
  if (question.type === 'text' || question.type === 'date') return { kind: 'answered', question: question.code }
  return { kind: 'between', question: question.code, low: null, high: null }
}

export function targetOf(value: string): Branch['to'] {
  if (value === 'end' || value === 'screen_out') return { kind: value }
  return { kind: 'goto', question: value.slice('goto:'.length) }
}

export function valueOf(to: Branch['to']): string {
  return to.kind === 'goto' ? `goto:${to.question}` : to.kind
}

/** Options of a question that a condition may name; of a matrix its columns. */
export function optionsOf(question: Question | undefined): Option[] {
  if (question?.type === 'matrix') return question.columns
  if (question?.type !== 'single' && question?.type !== 'multiple') return []
  const other = question.other ? [{ code: 'other', words: question.other, key: null, bad: false }] : []
  return [...question.options, ...other]
}

export function scoresOf(question: Question): number[] {
  const [low, high] = boundsOf(question)
  return low === null ? [] : Array.from({ length: high - low + 1 }, (_, n) => low + n)
}

function boundsOf(question: Question): [number, number] | [null, 0] {
  switch (question.type) {
    case 'scale': return [question.low, question.high]
    case 'nps': return [0, 10]
    case 'csat': return [1, 5]
    case 'ces': return [1, 7]
    default: return [null, 0]
  }
}

export const UNANSWERED: Answer = {
  passed: false, choice: null, choices: null, score: null, number: null, text: null, day: null, rows: null, words: '',
}
