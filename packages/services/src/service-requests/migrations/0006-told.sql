-- Open consoles hear of a request that changed; of many at once they hear only that there is something to look for.
create trigger service_requests_inserted_told after insert on service_requests
  referencing new table as changed for each statement execute function tell_requests();
create trigger service_requests_updated_told after update on service_requests
  referencing new table as changed for each statement execute function tell_requests();
