import { createI18n } from 'vue-i18n'
import { en } from './en'
import { zh, type Words } from './zh'

export type Language = 'zh' | 'en'

const YEAR_S = 365 * 24 * 3600

/** The words of both languages; Chinese first. */
export const i18n = createI18n<[Words], Language, false>({
  legacy: false,
  locale: cookieLanguage() ?? 'zh',
  fallbackLocale: 'zh',
  messages: { zh, en },
})

/** `t` and `locale` of the page; a template that uses them follows the language. */
export function useWords() {
  return i18n.global
}

/** Speak this language from now on. The cookie tells the API and the server's pages, too. */
export function speak(language: Language): void {
  i18n.global.locale.value = language
  document.cookie = `lang=${language}; path=/; max-age=${YEAR_S}; samesite=lax`
  apply(language)
}

/** The language the person has chosen before, else the one of his account. */
export function speakAtStart(own: string | null): void {
  const language = cookieLanguage() ?? (own === 'en' ? 'en' : 'zh')
  i18n.global.locale.value = language
  apply(language)
}

function apply(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = i18n.global.t('product')
}

function cookieLanguage(): Language | null {
  const found = /(?:^|; )lang=(zh|en)(?:;|$)/.exec(document.cookie)
  return (found?.[1] as Language | undefined) ?? null
}
