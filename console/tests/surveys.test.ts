import { describe, expect, it } from 'vitest'
import { blankOption, blankQuota, blankSurvey, NONE_USED, without, withNew, withUsed } from '../src/outbound/surveys/edit'

describe('codes of a survey that was published', () => {
  const edition = { ...withNew(withNew(blankSurvey(), 'csat', NONE_USED), 'matrix', NONE_USED), quotas: [blankQuota(blankSurvey(), NONE_USED)] }
  const used = withUsed(NONE_USED, edition)

  it('are not given to another question, though theirs is gone', () => {
    const shorter = without(without(edition, 1), 0)
    expect(withNew(shorter, 'nps', used).questions[0]!.code).toBe('q3')
    expect(withNew(shorter, 'nps', NONE_USED).questions[0]!.code).toBe('q1')
    expect(blankQuota({ ...edition, quotas: [] }, used).code).toBe('quota2')
  })

  it('are not given to another option of the same question', () => {
    expect(used.questions).toEqual({ q1: [], q2: ['o1', 'o2'] })
    expect(blankOption([], used.questions.q2).code).toBe('o3')
    expect(blankOption([], used.questions.q1).code).toBe('o1')
  })

  it('stay taken when a later edition has others', () => {
    const later = withUsed(used, withNew(without(edition, 0), 'single', used))
    expect(Object.keys(later.questions)).toEqual(['q1', 'q2', 'q3'])
    expect(withUsed(later, blankSurvey())).toEqual(later)
  })
})
