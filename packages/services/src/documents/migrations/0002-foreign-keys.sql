-- Keys of other systems' issuers that the operator trusts, for codes that we read and did not issue. Of the server, not of one
-- organization: they are published to every verifier.
create table document_foreign_keys (
  kind text not null,
  -- As the codes name it; empty for codes that name none.
  kid text not null,
  algorithm text not null,
  public_key text not null,
  name jsonb not null,
  source text not null,
  primary key (kind, kid, public_key)
);
