import { useWords } from '../i18n'
import { shortName } from './fields'

/** The names of a ticket's fields and what stands in them, in the language of the page. */
export function useFieldWords() {
  const { t, te } = useWords()

  function fieldWords(name: string): string {
    const key = `ticket.field.${shortName(name)}`
    return te(key) ? t(key) : shortName(name)
  }

  function valueWords(field: string, value: unknown): string {
    if (value === true || value === false) return t(value ? 'ticket.yes' : 'ticket.no')
    const text = Array.isArray(value) ? value.join(', ') : String(value ?? '')
    if (text === '') return t('ticket.empty')
    const key = `ticket.option.${field}.${text}`
    return isWord(text) && te(key) ? t(key) : text
  }

  return { fieldWords, valueWords }
}

/** Only a code can be a key of the words: what people write is shown as it is. */
function isWord(text: string): boolean {
  return /^[a-z_]+$/.test(text)
}
