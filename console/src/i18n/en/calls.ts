import type { calls as zhCalls, owners as zhOwners } from '../zh/calls'

export const calls: typeof zhCalls = {
  title: 'Calls',
  filters: 'Filters',
  phone: 'Whole number',
  live: 'Only live ones',
  of_owner: 'Only of one owner',
  rang: 'Rang',
  number: 'Number',
  who: 'Owner',
  state: 'State',
  spoken: 'Spoken',
  about: 'Ticket',
  ticket: 'Open the ticket',
  none: 'No call fits these filters',
  shown: '{n} shown',
  states: { ringing: 'Ringing', answered: 'Talking', ended: 'Ended' },
  end: { caller_hung_up: 'caller hung up', agent_hung_up: 'agent hung up', abandoned: 'not answered', line_lost: 'line lost', flow_hung_up: 'ended by the menu' },
}

export const owners: typeof zhOwners = {
  title: 'Owners',
  one: 'Owner',
  filters: 'Filters',
  search: 'Name, pinyin, end of phone or VIN, plate',
  name: 'Name',
  language: 'Language',
  languages: { zh: 'Chinese', en: 'English' },
  facts: 'Facts',
  new_phone: 'New phone',
  add_phone: 'Add the phone',
  all_tickets: 'All tickets',
  all_calls: 'All calls',
  none: 'No owner fits',
  shown: '{n} shown',
  too_many: 'Too many fit to list them all; type more.',
}
