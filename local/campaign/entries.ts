import type { Revision } from '../../src/rollback/plan.ts';
import { asRecord } from '../../src/rollback/json.ts';
import { releaseIn } from './course.ts';
import type { Night } from './night.ts';

/** An entry of the ledger about a revision of the story's target. Instants are milliseconds since the epoch. */
export interface Settled {
  readonly state: 'proven' | 'condemned';
  readonly revision: Revision;
  /** Null: the revision is none of the story's releases. */
  readonly release: string | null;
  /** When it was proven or condemned. */
  readonly at: number;
  /** When its deployment completed; null for a condemned one. */
  readonly completedAt: number | null;
  /** The execution that condemned it. */
  readonly execution: string | null;
}

const known = new WeakMap<Night, Promise<readonly Settled[]>>();

/** Returns what the ledger says of revisions at the end of a night. */
export function settledIn(night: Night): Promise<readonly Settled[]> {
  const before = known.get(night) ?? read(night);
  known.set(night, before);
  return before;
}

/** A proof that the ledger took. */
export interface Proof {
  readonly release: string | null;
  readonly at: number;
}

/** Returns every proof of the story's target. The ledger keeps the last one of a revision, which may have run again. */
export function proofsIn(night: Night): readonly Proof[] {
  return night.stage.runtime.wire.calls.flatMap(({ service, operation, error, input }) => {
    if (service !== 'dynamodb' || operation !== 'UpdateItem' || error !== undefined) return [];
    const { Key, ExpressionAttributeValues: values } = (asRecord(input) ?? {}) as {
      readonly Key?: { readonly target?: string };
      readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
    };
    if (Key?.target !== night.subject.target || values?.[':state'] !== 'proven') return [];
    const release = releaseIn(night, values[':revision'] as Revision);
    return [{ release, at: Date.parse(String(values[':provenAt'])) }];
  });
}

async function read(night: Night): Promise<readonly Settled[]> {
  const items = await night.stage.runtime.items();
  return items.flatMap((item) => {
    const { target, item: key, state, ...entry } = asRecord(item) ?? {};
    if (target !== night.subject.target || !String(key).startsWith('revision#')) return [];
    if (state !== 'proven' && state !== 'condemned') return [];
    const revision = entry['revision'] as Revision;
    const { completedAt, provenAt, condemnedAt, execution } = entry;
    return [
      {
        state,
        revision,
        release: releaseIn(night, revision),
        at: Date.parse(String(state === 'proven' ? provenAt : condemnedAt)),
        completedAt: state === 'proven' ? Date.parse(String(completedAt)) : null,
        execution: typeof execution === 'string' ? execution : null,
      },
    ];
  });
}
