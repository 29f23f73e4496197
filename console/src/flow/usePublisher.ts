import { useWords } from '../i18n'
import { useActorWords } from '../tickets/useActorWords'

/** Who published a version, in words. */
export function usePublisher() {
  const { t } = useWords()
  const actorWords = useActorWords()

  return function publisher(of: { published_by: string; publisher?: string | null }): string {
    return of.published_by === 'program' ? t('flow.program') : t('flow.by', { who: actorWords(of.published_by, of.publisher) })
  }
}
