-- What a photo said of its place and time before both were taken out of it. Files are found by content, to notice the same photo
-- elsewhere, and by message alone: those of whoever follows a request belong to another contact than the request.
alter table message_files
  add column taken_at timestamptz,
  add column latitude double precision,
  add column longitude double precision,
  add check ((latitude is null) = (longitude is null));
create index message_files_by_content on message_files (organization_id, hash) where hash is not null;
create index message_files_by_message on message_files (organization_id, message_id);
