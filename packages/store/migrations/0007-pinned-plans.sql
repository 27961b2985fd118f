-- A batch of turns is committed on the connection on which services have worked, whose planner is free; here every lookup is by
-- key, and on tables without statistics a free planner would now and then scan them.
alter function commit_turns(
  bigint[], int[], uuid[], int[], int[], text[], timestamptz[], timestamptz[], int[], uuid[], uuid[], int[], boolean[], text[], text[], text[], int[], uuid[], uuid[], int[], text[], text[], int[], uuid[], uuid[], int[], smallint[], timestamptz[], text[], smallint[]
) set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off set jit = off;
