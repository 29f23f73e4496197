import { i18n } from './index'
import { Problem } from '../api/problem'
import { withoutCodes } from './codes'

/** A failure as people read it: the API's own words, or ours where it could say nothing. */
export function problemWords(failure: unknown): string {
  const { t, te } = i18n.global
  if (!(failure instanceof Problem)) return t('problem.http_error', { status: String(failure) })
  if (failure.status === 0) return t('problem.no_answer')
  if (failure.detail === '') return t('problem.http_error', { status: failure.status })
  const isOurFault = failure.status >= 500 && failure.requestId !== ''
  const report = isOurFault ? ` ${t('problem.report', { id: failure.requestId })}` : ''
  const fields = failure.errors.map((one) => one.detail).join(' ')
  const detail = withoutCodes(failure, t('problem.comma'), (key) => (te(key) ? t(key) : undefined))
  return [detail, fields].filter(Boolean).join(' ') + report
}
