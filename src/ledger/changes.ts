import * as z from 'zod/mini';
import type { Instant } from '../rollback/request.ts';

/** A change of a flag, a parameter or a secret, as the event of AWS says it. */
export const KeptChange = z.object({
  at: z.string(),
  kind: z.enum(['flag', 'parameter', 'secret']),
  subject: z.string(),
  /** Other names of the subject, in the same form: `appconfig:` with ids. */
  aliases: z.readonly(z.array(z.string())),
});
export type KeptChange = Readonly<z.infer<typeof KeptChange>>;

/** How long a change is kept. An earlier change does not explain harm that begins now. */
export const CHANGE_HOURS = 1;

/** The most changes that one look reads. */
export const MAX_CHANGES_READ = 500;

/** The changes of the last hour, in the whole account. */
export interface Changes {
  /** Keeps a change for an hour. The id is that of the event, so that a redelivered event is kept once. */
  keep(id: string, change: KeptChange): Promise<void>;
  /** Returns the changes of the last hour, newest first: MAX_CHANGES_READ at most. */
  lately(now: Instant): Promise<readonly KeptChange[]>;
}
