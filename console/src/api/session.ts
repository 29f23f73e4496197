import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { answered, api, onSignedOut, useToken } from './client'
import type { Permission, Session } from './wire'

const leaving: (() => void)[] = []

/** What must not outlive the session: done when the person signs out. */
export function onSignOut(act: () => void): void {
  leaving.push(act)
}

/** Who is signed in and what he may do. */
export const useSession = defineStore('session', () => {
  const who = ref<Session | null>(null)
  onSignedOut(toSignIn)
  const permissions = computed(() => new Set<Permission>(who.value?.permissions))

  /** Asks the API; where nobody is signed in the browser goes to the sign-in page. */
  async function load(): Promise<void> {
    who.value = await answered(api.GET('/api/v1/session'))
    useToken(who.value.csrf_token)
    if (who.value.must_change) location.replace('/password')
  }

  async function signOut(): Promise<void> {
    const leave = (): void => location.replace('/sign-in')
    // News of the end may come before the answer: this is no session to come back to.
    onSignedOut(leave)
    await answered(api.DELETE('/api/v1/session'))
    leaving.forEach((act) => act())
    leave()
  }

  function may(permission: Permission): boolean {
    return permissions.value.has(permission)
  }

  return { who, load, signOut, may }
})

/** To the server's sign-in page, and back to where one was. */
export function toSignIn(): void {
  const here = location.pathname + location.search
  location.replace(`/sign-in?next=${encodeURIComponent(here)}`)
}
