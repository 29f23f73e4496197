import 'element-plus/theme-chalk/dark/css-vars.css'
import './style.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { onSignOut, useSession } from './api/session'
import { clearDrafts, dropOthers } from './drafts/shelf'
import { forgetLanguage, i18n, speakAtStart } from './i18n'
import { problemWords } from './i18n/problemWords'
import { listen } from './live/live'
import { router } from './router'
import { listenToKeys } from './shell/shortcuts'

async function start(): Promise<void> {
  const app = createApp(App).use(createPinia()).use(i18n)
  const session = useSession()
  await session.load()
  speakAtStart(session.who?.id ?? '')
  dropOthers(localStorage, session.who?.id ?? '')
  onSignOut(() => clearDrafts(localStorage))
  onSignOut(forgetLanguage)
  listen()
  listenToKeys()
  app.use(router).mount('#app')
}

start().catch((failure: unknown) => {
  document.getElementById('app')!.textContent = problemWords(failure)
})
