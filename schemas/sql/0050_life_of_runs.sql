-- Who has done already what a campaign is for is looked for by his car. Only what waits stands in it:
-- a claim, whose touch waits no more, writes nothing here.
create index touches_of_car on touches (vehicle_id) where state = 'ready' and vehicle_id is not null;

-- Calls are claimed campaign by campaign: of those that are paused nothing is read.
drop index touches_waiting;
create index touches_waiting on touches (campaign_id, channel, priority, due_at, id)
    where state = 'ready';

-- Whose ticket was closed in the pause is asked when it is over.
alter table campaigns add column paused_at timestamptz;

-- Somebody else answers there: it is not dialled again for this owner, though it stays written down.
alter table owner_contact_points add column wrong_at timestamptz;

-- Nobody has said it: a provider has reported that there is nobody.
alter table consents drop constraint consents_evidence_check;
alter table consents add constraint consents_evidence_check check (evidence in
    ('paper', 'recording', 'web_form', 'text_reply', 'key_press', 'file', 'said_to_agent', 'receipt'));
