-- An officer finds a citizen by how their name begins, or by how their number ends.
create index contacts_by_name on contacts (organization_id, lower(name) text_pattern_ops) where name is not null;
create index contact_identities_by_end on contact_identities (organization_id, reverse(value) text_pattern_ops) where kind = 'phone' and valid_to is null;
create index conversations_of_contact on conversations (organization_id, contact_id);
