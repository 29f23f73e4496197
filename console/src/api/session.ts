import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { answered, api, onSignedOut, useToken } from './client'
import type { Permission, Session } from './wire'

/** Who is signed in and what he may do. */
export const useSession = defineStore('session', () => {
  const who = ref<Session | null>(null)
  const permissions = computed(() => new Set<Permission>(who.value?.permissions))

  /** Asks the API; where nobody is signed in the browser goes to the sign-in page. */
  async function load(): Promise<void> {
    onSignedOut(toSignIn)
    who.value = await answered(api.GET('/api/v1/session'))
    useToken(who.value.csrf_token)
    if (who.value.must_change) location.replace('/password')
  }

  async function signOut(): Promise<void> {
    await answered(api.DELETE('/api/v1/session'))
    location.replace('/sign-in')
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
