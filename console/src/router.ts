import { createRouter, createWebHistory } from 'vue-router'
import { useSession } from './api/session'
import type { Permission, Role } from './api/wire'
import { HOMES, routes, VIEWS } from './shell/views'

declare module 'vue-router' {
  interface RouteMeta {
    permission?: Permission
  }
}

export const router = createRouter({ history: createWebHistory('/console/'), routes })

/** What a role may not see is not there; its home is where its work is. */
router.beforeEach((to) => {
  const session = useSession()
  if (to.name === 'home') {
    const own = HOMES[session.who?.role as Role]
    const home = VIEWS.find((view) => view.name === own && session.may(view.permission))
    return home === undefined ? true : { name: home.name }
  }
  const { permission } = to.meta
  if (permission === undefined || session.may(permission)) return true
  return { name: 'not_found', params: { rest: to.path.slice(1).split('/') }, replace: true }
})

/** Another view begins at its heading, also for those who hear the page instead of seeing it. */
router.afterEach((to, from) => {
  if (from.matched.length > 0 && to.path !== from.path) document.getElementById('main')?.focus()
})
