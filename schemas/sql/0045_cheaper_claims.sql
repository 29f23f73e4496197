-- A claim writes its touch anew in each of the table's indexes, and a contact beside it: what is
-- written for nobody costs a third of it.
-- Who asks for a campaign's touches comes by its runs; only those that wait are looked for by
-- campaign, and what is claimed waits no more. What an owner was told stands in the ledger.
create index touches_waiting on touches (campaign_id) where state = 'ready';
drop index touches_of_campaign;
drop index touches_of_owner;

-- A contact has the owner and the car of its touch, which is held to both; owners and cars are never
-- deleted. To look each up once more, and lock it, was a fifth of a claim's work in the database.
alter table contact_ledger drop constraint contact_ledger_owner_id_fkey;
alter table contact_ledger drop constraint contact_ledger_vehicle_id_fkey;
