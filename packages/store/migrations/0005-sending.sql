-- What waits for its turn, by number, urgency and order: read in small portions when the sender has room. Rows that are posted
-- with their commit (state 0) are not in it, so that an ordinary answer pays nothing for it.
create index outbox_waiting on outbox (channel_id, lane, place) where state <> 0;
