import type { RouteRecordRaw } from 'vue-router'
import type { Permission, Role } from '../api/wire'
import type { Words } from '../i18n/zh'

/** The console's views, in the order of the menu. A new view is one entry here. */
export interface ViewEntry {
  /** Key of `nav` in the words; also the route's name. */
  name: keyof Words['nav']
  path: string
  permission: Permission
  component: () => Promise<unknown>
  /** Views that follow each other and have the same one stand below its heading in the menu. */
  group?: 'outbound'
}

/** A view of one thing, which is named in the address: reached by links, not in the menu. */
export type PageOfOne = Omit<ViewEntry, 'name' | 'group'> & { name: string }

export const VIEWS: readonly ViewEntry[] = [
  {
    name: 'desk',
    path: '/desk',
    permission: 'calls_read',
    component: () => import('../desk/DeskView.vue'),
  },
  {
    name: 'tickets',
    path: '/tickets',
    permission: 'tickets_read',
    component: () => import('../tickets/TicketList.vue'),
  },
  {
    name: 'rescue_new',
    path: '/rescues/new',
    permission: 'tickets_write',
    component: () => import('../rescue/NewRescueView.vue'),
  },
  {
    name: 'calls',
    path: '/calls',
    permission: 'calls_read',
    component: () => import('../calls/CallsView.vue'),
  },
  {
    name: 'left_messages',
    path: '/messages',
    permission: 'recordings_play',
    component: () => import('../recordings/MessagesView.vue'),
  },
  {
    name: 'owners',
    path: '/owners',
    permission: 'customers_read',
    component: () => import('../customers/OwnersView.vue'),
  },
  {
    name: 'tiers',
    path: '/tiers',
    permission: 'customers_admin',
    component: () => import('../customers/TiersView.vue'),
  },
  {
    name: 'handover',
    path: '/handover',
    permission: 'tickets_assign',
    component: () => import('../handover/HandoverView.vue'),
  },
  {
    name: 'board',
    path: '/board',
    permission: 'supervise',
    component: () => import('../board/BoardView.vue'),
  },
  {
    name: 'hotline',
    path: '/hotline',
    permission: 'supervise',
    component: () => import('../seat/HotlineView.vue'),
  },
  {
    name: 'call_flow',
    path: '/call-flow',
    permission: 'hotline_admin',
    component: () => import('../flow/FlowView.vue'),
  },
  {
    name: 'prompts',
    path: '/prompts',
    permission: 'hotline_admin',
    component: () => import('../prompts/PromptsView.vue'),
  },
  {
    name: 'simulator',
    path: '/simulator',
    permission: 'hotline_try',
    component: () => import('../simulator/SimulatorView.vue'),
  },
  {
    name: 'campaigns',
    path: '/outbound/campaigns',
    permission: 'outbound_read',
    component: () => import('../outbound/campaigns/CampaignsView.vue'),
    group: 'outbound',
  },
  {
    name: 'audiences',
    path: '/audiences',
    permission: 'outbound_read',
    component: () => import('../outbound/audiences/AudiencesView.vue'),
    group: 'outbound',
  },
  {
    name: 'due',
    path: '/outbound/due',
    permission: 'outbound_read',
    component: () => import('../outbound/due/DueView.vue'),
    group: 'outbound',
  },
  {
    name: 'surveys',
    path: '/surveys',
    permission: 'outbound_read',
    component: () => import('../outbound/surveys/SurveysView.vue'),
    group: 'outbound',
  },
  {
    name: 'texts_back',
    path: '/outbound/texts',
    permission: 'outbound_read',
    component: () => import('../outbound/texts/TextsView.vue'),
    group: 'outbound',
  },
  {
    name: 'policies',
    path: '/outbound/policies',
    permission: 'outbound_read',
    component: () => import('../outbound/policies/PoliciesView.vue'),
    group: 'outbound',
  },
  {
    name: 'stations',
    path: '/stations/:station?',
    permission: 'stations_read',
    component: () => import('../stations/StationsView.vue'),
  },
  {
    name: 'station_imports',
    path: '/station-imports/:import?',
    permission: 'stations_write',
    component: () => import('../imports/ImportsView.vue'),
  },
  {
    name: 'staff',
    path: '/staff',
    permission: 'staff_admin',
    component: () => import('../staff/StaffView.vue'),
  },
  {
    name: 'audit',
    path: '/audit',
    permission: 'audit_read',
    component: () => import('../audit/AuditView.vue'),
  },
]

/** Where each role begins. */
export const HOMES: Record<Role, keyof Words['nav']> = {
  agent: 'desk',
  expert: 'desk',
  supervisor: 'board',
  admin: 'staff',
  station: 'station',
}

export const PAGES_OF_ONE: readonly PageOfOne[] = [
  {
    name: 'ticket',
    path: '/tickets/:id',
    permission: 'tickets_read',
    component: () => import('../tickets/TicketView.vue'),
  },
  {
    name: 'owner',
    path: '/owners/:id',
    permission: 'customers_read',
    component: () => import('../owner/OwnerPage.vue'),
  },
  {
    name: 'audience',
    path: '/audiences/:audience',
    permission: 'outbound_read',
    component: () => import('../outbound/audiences/AudiencePage.vue'),
  },
  {
    name: 'rescue',
    path: '/rescues/:id',
    permission: 'dispatch_read',
    component: () => import('../rescue/RescueView.vue'),
  },
  {
    name: 'survey',
    path: '/surveys/:id',
    permission: 'outbound_read',
    component: () => import('../outbound/surveys/SurveyPage.vue'),
  },
  {
    name: 'survey_response',
    path: '/surveys/:id/responses/:response',
    permission: 'calls_read',
    component: () => import('../outbound/surveys/ResponsePage.vue'),
  },
  {
    name: 'campaign',
    path: '/outbound/campaigns/:id',
    permission: 'outbound_read',
    component: () => import('../outbound/campaigns/CampaignPage.vue'),
  },
  {
    name: 'search',
    path: '/search',
    permission: 'tickets_read',
    component: () => import('../tickets/SearchView.vue'),
  },
]

/** Addresses beside the views. That of a server page goes when the console has its own view. */
export interface PageEntry {
  name: keyof Words['nav']
  href: string
  permission: Permission
}

export const PAGES: readonly PageEntry[] = [
  { name: 'inbox', href: '/inbox', permission: 'messages_read' },
  { name: 'station', href: '/station', permission: 'station_own' },
  // In the menu of who makes tokens; everybody who is signed in may read it.
  { name: 'docs', href: '/docs', permission: 'tokens_admin' },
]

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./HomeView.vue') },
  ...[...VIEWS, ...PAGES_OF_ONE].map((view) => ({
    path: view.path,
    name: view.name,
    component: view.component,
    meta: { permission: view.permission },
  })),
  { path: '/docs', name: 'docs', component: () => import('../docs/ApiView.vue') },
  { path: '/:rest(.*)*', name: 'not_found', component: () => import('./NotFound.vue') },
]
