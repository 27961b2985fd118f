-- The lists of a whole organization and of one post, in their own order: an officer's first page reads as many rows as it shows.
create index service_requests_due on service_requests (organization_id, due_at, id) where closed_at is null;
create index service_requests_post on service_requests (organization_id, post, due_at, id) where closed_at is null;
