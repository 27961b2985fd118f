/** Decisions about free text: what was missed, what people say that it means, and those words as phrases for the pack. */
import type { Tx } from '../database.ts';
import { timeOfId } from '../ids.ts';

export interface KeptDecision {
  /** The citizen's message. */
  messageId: string;
  at: Date;
  /** Where the citizen stood; empty at rest. */
  flow: string;
  node: string;
  version: string;
  language: string;
  script: string;
  words: number;
  outcome: string;
  did: string;
  candidates: { intent: string; score: number }[];
  /** What the citizen wrote, while the log has it. */
  text: string | null;
}

export interface DecisionFilter {
  organizationId: number;
  since: Date;
  limit: number;
  /** Also what was understood, and what has a label. */
  all: boolean;
}

/** Decisions, the newest first: those that opened and offered nothing and have no label, or all. */
export async function listDecisions(tx: Tx, { organizationId, since, limit, all }: DecisionFilter): Promise<KeptDecision[]> {
  const { rows } = await tx.query<{
    data: Omit<KeptDecision, 'messageId' | 'at' | 'text'> & { message: string };
    id: string;
    text: string | null;
  }>(
    `select e.data::jsonb as data, e.id,
            (select m.content::jsonb -> 'content' ->> 'text' from messages m
              where m.organization_id = e.organization_id and m.contact_id = e.contact_id and m.id = (e.data::jsonb ->> 'message')::uuid) as text
       from conversation_events e
      where e.organization_id = $1 and e.type = 'text_understood' and e.id >= uuid_floor($2)
        and ($4 or e.data::jsonb ->> 'did' = 'nothing' and not exists (
              select 1 from phrase_labels l where l.organization_id = e.organization_id and l.message_id = (e.data::jsonb ->> 'message')::uuid))
      order by e.id desc limit $3`,
    [organizationId, since, limit, all],
  );
  return rows.map(({ data: { message, ...data }, id, text }) => ({
    ...data,
    messageId: message,
    at: new Date(timeOfId(id)),
    text,
  }));
}

/** One decision by its message; undefined when there is none. */
export async function findDecision(
  tx: Tx,
  { organizationId, messageId }: { organizationId: number; messageId: string },
): Promise<{ language: string; text: string | null } | undefined> {
  const { rows } = await tx.query<{ language: string; text: string | null }>(
    `select e.data::jsonb ->> 'language' as language, m.content::jsonb -> 'content' ->> 'text' as text
       from conversation_events e left join messages m
         on m.organization_id = e.organization_id and m.contact_id = e.contact_id and m.id = $2::text::uuid
      where e.organization_id = $1 and e.type = 'text_understood' and e.data::jsonb ->> 'message' = $2::text
      order by e.id desc limit 1`,
    [organizationId, messageId],
  );
  return rows[0];
}

export interface PhraseLabel {
  organizationId: number;
  messageId: string;
  language: string;
  /** An intent of the pack, or "none": it belongs to none. */
  intent: string;
  phrase: string;
  by: string;
}

/** Says what a message means; saying it again replaces it. */
export async function labelPhrase(tx: Tx, label: PhraseLabel): Promise<void> {
  await tx.query(
    `insert into phrase_labels (organization_id, message_id, language, intent, phrase, labelled_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (organization_id, message_id) do update
       set language = excluded.language, intent = excluded.intent, phrase = excluded.phrase, labelled_by = excluded.labelled_by, labelled_at = now()`,
    [label.organizationId, label.messageId, label.language, label.intent, label.phrase, label.by],
  );
}

/** Every labelled phrase once, in the order of language, intent and time. */
export async function listLabels(
  tx: Tx,
  organizationId: number,
): Promise<{ language: string; intent: string; phrase: string }[]> {
  const { rows } = await tx.query<{ language: string; intent: string; phrase: string }>(
    `select language, intent, phrase from phrase_labels where organization_id = $1
      group by language, intent, phrase order by language, intent, min(labelled_at), phrase`,
    [organizationId],
  );
  return rows;
}
