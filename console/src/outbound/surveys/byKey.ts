import { optionsOf, scoresOf } from './edit'
import type { Answer, Question } from './wire'

/** A question answered by one digit, as an agent hears it. Pure. */

/**
 * The answer with what this key stands for: a score is its own digit, an option its place. Null: it
 * stands for nothing here.
 */
export function byKey(question: Question, answer: Partial<Answer>, key: string): Partial<Answer> | null {
  if (!/^\d$/.test(key)) return null
  const digit = Number(key)
  const scores = scoresOf(question)
  if (scores.length > 0) return scores.includes(digit) ? { ...answer, score: digit } : null
  const option = optionsOf(question)[digit - 1]
  if (option === undefined) return null
  if (question.type === 'single') return { ...answer, choice: option.code }
  if (question.type !== 'multiple') return null
  const chosen = answer.choices ?? []
  const choices = chosen.includes(option.code) ? chosen.filter((one) => one !== option.code) : [...chosen, option.code]
  return { ...answer, choices }
}
