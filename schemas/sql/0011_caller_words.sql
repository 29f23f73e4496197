-- What the carrier said about the caller, where no number can be read in it.
alter table calls add column caller_words text;
