import { ticket } from './en/ticket'
import { audiences } from './en/audiences'
import { audit } from './en/audit'
import { surveys } from './en/surveys'
import { calls, owners } from './en/calls'
import { docs } from './en/docs'
import { imports } from './en/imports'
import { province } from './en/province'
import { left_messages, recordings } from './en/recordings'
import { staff } from './en/staff'
import { stations } from './en/stations'
import { map } from './en/map'
import { outbound } from './en/outbound'
import { ownerCallKeys } from './en/ownerCalls'
import type { Words } from './zh'
import { bookings, ownerFiles } from './en/bookings'
import { care, tiers } from './en/care'
import { customer } from './en/customer'
import { attention, desk, deskKeys } from './en/desk'
import { flow, flowKeys } from './en/flow'
import { hotline } from './en/hotline'
import { phone, phoneKeys } from './en/phone'
import { prompts } from './en/prompts'
import { simulator, simulatorKeys } from './en/simulator'
import { seat, seatKeys } from './en/seat'
import { rescue, rescueKeys } from './en/rescue'
import { handling } from './en/handling'
import { board, handover, role } from './en/board'

export const en: Words = {
  board,
  handover,
  role,
  kind: {
    complaint: 'Complaint',
    technical: 'Technical help',
    rescue: 'Rescue',
    enquiry: 'Enquiry',
    part_order: 'Urgent part',
  },
  stage: {
    opened: 'Opened',
    in_progress: 'In progress',
    dispatching: 'Dispatching',
    assigned: 'Accepted',
    en_route: 'On the way',
    on_site: 'On site',
    handed_over: 'With the road operator',
    resolved: 'Resolved',
    closed: 'Closed',
    cancelled: 'Cancelled',
    merged: 'Merged',
  },
  province,
  audiences,
  audit,
  surveys,
  responses: { none: 'No responses yet', shown: '{n} shown' },
  calls,
  left_messages,
  recordings,
  owners,
  docs,
  imports,
  staff,
  stations,
  map,
  outbound,
  product: 'Customer care',
  skip: 'Skip to the content',
  menu: 'Menu',
  rescue,
  handling,
  nav: {
    rescue_new: 'New rescue',
    board: 'Board',
    hotline: 'Hotline',
    call_flow: 'Call flow',
    prompts: 'Hotline prompts',
    simulator: 'Phone simulator',
    calls: 'Calls',
    left_messages: 'Messages',
    owners: 'Owners',
    tiers: 'Tier rules',
    audiences: 'Audiences',
    handover: 'Handover',
    tickets: 'Tickets',
    desk: 'Desk',
    stations: 'Stations',
    station_imports: 'Station imports',
    campaigns: 'Campaigns',
    due: 'Cars due',
    staff: 'Colleagues',
    surveys: 'Surveys',
    audit: 'Audit',
    inbox: 'Inbox',
    station: 'Station',
    docs: 'API',
    password: 'Password',
  },
  search: { label: 'Search', hint: 'Number, phone, plate, VIN, name ( / )' },
  ticket,
  line: { connecting: 'Connecting', live: 'Live', lost: 'Reconnecting', polling: 'Every few seconds' },
  file: { choose: 'Choose a file', none: 'No file yet' },
  exports: { title: 'Export', xlsx: 'Export as Excel', csv: 'Export as CSV' },
  offline: 'The connection is lost and tried again; what was missed is caught up.',
  theme: { dark: 'Dark', light: 'Light' },
  language: { other: '中文' },
  desk,
  seat,
  phone,
  hotline,
  flow,
  prompts,
  simulator,
  customer,
  bookings,
  ownerFiles,
  care,
  tiers,
  attention,
  sign_out: 'Sign out',
  alarms: {
    title: 'Alarms',
    none: 'No alarm is waiting',
    more: 'Only the latest {n} are shown',
    take: 'I take it',
  },
  alarm: {
    rescue_nobody_left: 'No station is left to ask',
    rescue_not_accepted: 'Nobody has accepted in time',
    rescue_nearer_station: 'A nearer station after the place was corrected',
    dispatch_not_departed: 'Accepted, not departed',
    dispatch_late: 'Later than promised',
    dispatch_silent: 'Nothing heard for long',
    dispatch_driving_away: 'The truck drives away from the car',
    rescue_handed_over: 'With the road operator: ask whether they came',
    rescue_not_located: 'No place yet, nobody is asked',
    rescue_reopened: 'Reopened, nobody is asked',
    rescue_place_to_read: 'The owner has answered where: please read',
    rescue_owner_wrote: 'The owner has written: please read',
    rescue_rated_badly: 'Rated badly by the owner: call back',
    survey_answered_badly: 'Bad answer in a survey: call back',
    jobs_parked: 'Background jobs are parked: tell the engineer on duty',
    tow_no_destination: 'The tow has nowhere to go: choose',
    tow_not_delivered: 'The car is still in the yard, past its time',
    recording_unclaimed: 'A recording belongs to no call: tell the engineer on duty',
  },
  shortcuts: {
    ...deskKeys,
    ...seatKeys,
    ...phoneKeys,
    ...simulatorKeys,
    ...flowKeys,
    ...rescueKeys,
    ...ownerCallKeys,
    title: 'Shortcuts',
    help: 'Show the shortcuts',
    search: 'Search',
    tickets: 'Open the list of tickets',
    next: 'Next row',
    previous: 'Previous row',
    open: 'Open the chosen row',
    close: 'Close',
    edit: 'Edit the ticket',
  },
  tickets: {
    title: 'Tickets',
    filters: 'Filters',
    kind: 'Kind',
    stage: 'Stage',
    any: 'All',
    number: 'Number',
    live: 'Not ended',
    mine: 'Mine',
    clear: 'Clear the filters',
    opened_at: 'Opened',
    caller: 'Caller',
    phone: 'Phone',
    summary: 'Summary',
    none: 'No ticket fits the filters',
    more: 'More',
    shown: '{n} shown',
    danger: 'Danger',
    expressway: 'Expressway',
    drill: 'Drill',
    here: 'List',
    of_owner: 'Owner: {name}',
  },
  problem: {
    comma: ', ',
    no_answer: 'The server could not be reached, though it was tried several times. Check the network.',
    http_error: 'The request did not succeed (status {status}).',
    report: 'Id {id}',
    retry: 'Try again',
  },
  not_found: { title: 'No such page', words: 'The address may be wrong; go on from the menu.' },
  empty: { title: 'Welcome', words: 'Your role has no view here yet; go on from the menu.' },
}
