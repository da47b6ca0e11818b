import type { Changes, KeptChange } from '../../src/ledger/changes.ts';
import type { Judgeable } from '../../src/rollback/document.ts';
import type { Change, Found } from '../../src/rollback/facts.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { readSettings, type Settings } from '../../src/rollback/settings.ts';
import { optional } from './optional.ts';
import { relationOf } from './relation.ts';

/**
 * Reads the changes of the last hour, and whether the target reads their subjects. Leaves out those of the target: its own
 * deployments are in the plan.
 */
export async function recentChanges(
  changes: Pick<Changes, 'lately'>,
  { plan, request: { target } }: Judgeable,
  now: Instant,
  withinMs?: number,
): Promise<Found<readonly Change[]>> {
  const settings = readSettings(plan.tags);
  const reads = (plan.reads ?? []).flatMap(subjectsOf);
  return optional(
    async () =>
      (await changes.lately(now))
        .filter(({ subject, aliases }) => ![subject, ...aliases].includes(target))
        .map((change) => toChange(change, reads, settings)),
    withinMs,
  );
}

/** Says whether the target reads the changed subject, by the tag or by the configuration of the revision. */
function toChange(
  { at, kind, subject, aliases }: KeptChange,
  reads: readonly string[],
  settings: Settings,
): Change {
  const names = [subject, ...aliases];
  const relation = relationOf(names, settings);
  const isRead = relation === 'dependency' || names.some((name) => reads.includes(name));
  return { at, kind, subject, relation: isRead ? 'this' : relation };
}

const PARAMETER = /^arn:[^:]+:ssm:[^:]*:[^:]*:parameter\/(.+)$/;
const SECRET = /^arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:([^:]+)/;
const RESOLVED = /^resolve:ssm:([^:]+)/;

/**
 * Returns the subjects that an ARN or a name in a revision may mean. The ARNs of `/shop/limit` and of `limit` both have
 * one slash. The ARN of a secret ends with six characters of its own, and a partial ARN may lack them.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
 */
function subjectsOf(read: string): readonly string[] {
  const [, parameter] = PARAMETER.exec(read) ?? [];
  if (parameter !== undefined) return [`parameter:${parameter}`, `parameter:/${parameter}`];
  const [, secret] = SECRET.exec(read) ?? [];
  if (secret !== undefined) return [`secret:${secret}`, `secret:${secret.replace(/-[A-Za-z0-9]{6}$/, '')}`];
  const [, resolved = read] = RESOLVED.exec(read) ?? [];
  return [`parameter:${resolved}`, `secret:${resolved}`];
}
