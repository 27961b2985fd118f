-- What an organization has asked of outside providers of speech and language, by day: its budget is counted here.
create table provider_spending (
  organization_id int not null references organizations,
  day date not null,
  calls int not null,
  rupees numeric(12, 4) not null default 0,
  primary key (organization_id, day)
);
