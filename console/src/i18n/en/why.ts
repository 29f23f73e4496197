import type { why as words } from '../zh/why'

export const why: typeof words = {
  family: { wish: 'the owner’s wish', rules: 'rules and hours', data: 'our data', compared: 'held out to compare', campaign: 'the campaign itself' },
  reason: {
    silent: 'wants to hear nothing', refused: 'has refused this', no_consent: 'has not agreed to this', profiling_refused: 'wants nothing chosen from habits', opted_out: 'asked for no more', call_back: 'is promised a call',
    outside_hours: 'outside the allowed hours', cap: 'contacted often enough', capped: 'contacted often enough', held: 'open complaint or rescue', open_case: 'open complaint or rescue',
    abandoned_lately: 'answered lately and nobody was there', policy_unknown: 'policy pack not in force yet',
    no_address: 'nothing to reach him by', no_number: 'no number', no_email: 'no e-mail address', no_words: 'no words that fit', survey_not_open: 'its survey is not open', no_voice: 'the voice was not ready', wrong_person: 'not the owner himself',
    held_out: 'held out of this campaign', held_out_of_all: 'held out of all campaigns',
    again_too_soon: 'in this campaign not long ago', expired: 'its time was over', paused: 'the campaign is paused', campaign_over: 'the campaign is over', campaign_stopped: 'the campaign was stopped',
    claim_lapsed: 'interrupted, queued again', not_dialled: 'not dialled, queued again', booked: 'has booked already', came: 'has come already', car_gone: 'the car is gone', car_not_his: 'the car is not his any more', survey_done: 'has answered the survey',
    run_over: 'this round is over for the owner', answered: 'has answered a call', noted: 'an agent has noted it', hung_up: 'hung up in a call', wrong_number: 'the number is not his', undelivered: 'was not delivered',
    spoke_today: 'agent: spoke to him today', known_dispute: 'agent: a dispute is going on', not_my_language: 'agent: another language', other: 'agent: other reasons',
  },
  title: 'Why not spoken to',
  nobody: 'Nobody was passed over, and nobody waits.',
  before: 'Left out at the beginning',
  before_hint: 'owners',
  never: 'Not spoken to when it was time',
  never_hint: 'touches, not tried again',
  waits: 'Waiting',
  waits_hint: 'touches, tried again in time',
}
