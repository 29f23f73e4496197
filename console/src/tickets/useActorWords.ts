import { useWords } from '../i18n'
import { actorWord } from './timeline'

/** Who did something, in words: a colleague by name, a program as what it is, else by the kind. */
export function useActorWords() {
  const { t, te } = useWords()

  return function actorWords(actor: string, name: string | null | undefined): string {
    if (!name) return t(`ticket.actor.${actorWord(actor)}`)
    if (!actor.startsWith('machine:')) return name
    const known = `ticket.program.${name}`
    return name !== 'other' && te(known) ? t(known) : t('ticket.program.other', { name })
  }
}
