import type { customer as Customer } from '../zh/customer'

export const customer: typeof Customer = {
  title: 'Customer',
  none: 'No owner is chosen yet',
  tiers: { t0: 'Ordinary', t1: 'Silver', t2: 'Gold', t3: 'VIP' },
  tier: 'Tier',
  phones: 'Phones',
  remark: 'Remark',
  cars: 'Cars',
  not_his: 'No longer his',
  not_his_means: '{name} is not contacted about {car} any more: texts and calls that wait are withdrawn, call-backs he was promised go to the supervisors, and his booking links end. Bookings and visits stay.',
  no_cars: 'No car is registered',
  vin: 'VIN',
  energy: { petrol: 'petrol', diesel: 'diesel', hybrid: 'hybrid', plug_in_hybrid: 'plug-in hybrid', electric: 'electric' },
  plate_doubt: 'The form of this plate is unusual: check it',
  vin_doubt: 'This VIN is doubtful: check it',
  open: 'Open tickets',
  no_open: 'No open ticket',
  contacts: 'Last contacts',
  no_contacts: 'No contact so far',
  call: 'Call',
  abandoned: 'not answered',
}
