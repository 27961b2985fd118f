/** The classifier of each published version, as bytes: whoever needs it next does not train it again. */
import type { Tx } from '../database.ts';

export interface PackVersionKey {
  organizationId: number;
  pack: string;
  version: string;
}

/** Keeps the model of a version; a later one (of a newer Hazir) takes its place. */
export async function savePackModel(tx: Tx, key: PackVersionKey, model: Uint8Array): Promise<void> {
  await tx.query(
    `insert into pack_models (organization_id, pack, version, model) values ($1, $2, $3, $4)
     on conflict (organization_id, pack, version) do update set model = excluded.model, trained_at = now()`,
    [key.organizationId, key.pack, key.version, Buffer.from(model)],
  );
}

/** The model of a version; undefined when none is kept. */
export async function readPackModel(tx: Tx, key: PackVersionKey): Promise<Uint8Array | undefined> {
  const { rows } = await tx.query<{ model: Uint8Array }>(
    'select model from pack_models where organization_id = $1 and pack = $2 and version = $3',
    [key.organizationId, key.pack, key.version],
  );
  return rows[0]?.model;
}
