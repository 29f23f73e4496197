-- The demo's sample call: who rings, and what he says of where he stands. Empty elsewhere.
alter table installation
    add column sample_caller text,
    add column sample_place text;
