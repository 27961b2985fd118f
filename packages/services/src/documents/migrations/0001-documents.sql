-- Documents that an organization issues to citizens, who signed them, and what officers did to them. Every key of a document
-- begins with (organization_id, contact_id).

-- What verifiers are told of an issuer: its address, its name and the names of documents and fields by language.
create table document_issuers (
  organization_id int primary key,
  url text not null,
  name jsonb not null,
  -- By template code; a template that the pack has dropped stays, for the documents that were issued on it.
  types jsonb not null
);

-- Ed25519 keys. One signs; the others stay published for what they have signed, without their private half.
create table document_keys (
  organization_id int not null,
  kid text not null,
  public_key bytea not null,
  private_key bytea,
  active_from timestamptz not null,
  retired_at timestamptz,
  primary key (organization_id, kid),
  check ((retired_at is null) = (private_key is not null))
);
create unique index document_keys_active on document_keys (organization_id) where retired_at is null;

-- Places in status lists; a place that was given to a turn that failed stays empty.
create sequence document_status_index as int minvalue 0;

create table documents (
  organization_id int not null,
  contact_id uuid not null,
  id uuid not null,
  number text not null,
  -- 1 as issued, one more for each correction.
  version int not null,
  template text not null,
  language text not null,
  -- json, not jsonb: the order of the template is kept.
  fields json not null,
  issued_at timestamptz not null,
  expires_at timestamptz,
  kid text not null,
  status_index int not null,
  -- The text of its QR code.
  code text not null,
  revoked_at timestamptz,
  revoke_reason text,
  primary key (organization_id, contact_id, id),
  check ((revoked_at is null) = (revoke_reason is null))
);
create unique index documents_number on documents (organization_id, number, version);
create unique index documents_status on documents (organization_id, status_index);
create index documents_latest on documents (organization_id, contact_id, issued_at desc);

-- Who corrected what: each field of a document once.
create table document_corrections (
  organization_id int not null,
  contact_id uuid not null,
  number text not null,
  field text not null,
  officer text not null,
  corrected_at timestamptz not null,
  primary key (organization_id, contact_id, number, field)
);
