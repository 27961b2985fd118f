-- Figures of a month are counted without reading the years before.
create index tickets_by_time on tickets (organization_id, opened_at);
