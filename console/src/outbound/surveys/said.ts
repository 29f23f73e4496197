import { labelOf } from './figures'
import type { Answer, Language, Question } from './wire'

/** One answer in words, as people read it. Pure. */
export function answerWords(question: Question, answer: Answer, language: Language): string {
  if (answer.passed) return ''
  const value = valueWords(question, answer, language)
  return answer.words ? `${value} — ${answer.words}` : value
}

function valueWords(question: Question, answer: Answer, language: Language): string {
  if (question.type === 'matrix') {
    const rows = answer.rows ?? {}
    return question.rows
      .filter((row) => rows[row.code] !== undefined)
      .map((row) => `${row.words[language]}: ${labelOf(question, rows[row.code] ?? '', language)}`)
      .join('; ')
  }
  const chosen = answer.choices ?? (answer.choice ? [answer.choice] : null)
  if (chosen) return chosen.map((code) => labelOf(question, code, language)).join(', ')
  return String(answer.score ?? answer.number ?? answer.text ?? answer.day ?? '')
}
