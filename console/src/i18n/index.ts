import { createI18n } from 'vue-i18n'
import { en } from './en'
import { languageOf, type Language } from './language'
import { zh, type Words } from './zh'

export type { Language }

const YEAR_S = 365 * 24 * 3600

/** Who sits here, so that his choice is kept under his name. */
let whose = ''

/** The words of both languages; Chinese first. */
export const i18n = createI18n<[Words], Language, false>({
  legacy: false,
  locale: languageOf('', cookie(), navigator.language),
  fallbackLocale: 'zh',
  messages: { zh, en },
})

/** `t` and `locale` of the page; a template that uses them follows the language. */
export function useWords() {
  return i18n.global
}

/** This person's language: as he chose here before, else the one he has signed in with. */
export function speakAtStart(who: string): void {
  whose = who
  apply(languageOf(localStorage.getItem(kept()), cookie(), navigator.language))
}

/** Speak this language from now on, whenever this person is here. */
export function speak(language: Language): void {
  localStorage.setItem(kept(), language)
  apply(language)
}

/** The next person at this desk begins with his own. */
export function forgetLanguage(): void {
  document.cookie = 'lang=; path=/; max-age=0; samesite=lax'
}

function apply(language: Language): void {
  i18n.global.locale.value = language
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = i18n.global.t('product')
  // The API and the server's pages go by it.
  document.cookie = `lang=${language}; path=/; max-age=${YEAR_S}; samesite=lax`
}

function kept(): string {
  return `language:${whose}`
}

function cookie(): string | null {
  return /(?:^|; )lang=(\w+)/.exec(document.cookie)?.[1] ?? null
}
