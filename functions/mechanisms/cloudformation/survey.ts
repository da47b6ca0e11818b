import { condemnedIn } from '../../../src/ledger/among.ts';
import type { Entry, Ledger } from '../../../src/ledger/ledger.ts';
import { courseOf, type Course, type Known } from '../../../src/rollback/course.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import { nameOf } from '../../../src/targets/kinds/cloudformation/target.ts';
import type { CloudFormation, Stack } from './cloudformation.ts';
import { contentOf } from './content.ts';
import { historyOf } from './history.ts';
import type { Operation } from './operations.ts';
import { contentsIn, recentOf } from './recent.ts';
import { isAtRest } from './ways.ts';

/** Everything that a plan is made from, read once. */
export interface Survey {
  readonly stack: Stack;
  /** Newest first. */
  readonly operations: readonly Operation[];
  readonly recent: readonly Deployment[];
  readonly course: Course;
  readonly entries: readonly Entry[];
  readonly condemned: readonly Known[];
  /** The content that runs or is being deployed, to show what changes. */
  readonly present: string | null;
}

export interface Clients {
  readonly cloudformation: CloudFormation;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: () => string;
}

/** Reads the stack, its events and its template. @throws UnsupportedTarget */
export async function survey(
  rollback: Plannable,
  { cloudformation, ledger }: Pick<Clients, 'cloudformation' | 'ledger'>,
): Promise<Survey> {
  const { target } = rollback.request;
  const [stack, entries] = await Promise.all([cloudformation.stack(nameOf(target)), ledger.entries(target)]);
  if (stack === null) throw new UnsupportedTarget(`${target}: there is no such stack`);
  const [operations, template] = await Promise.all([
    historyOf(cloudformation, stack.id),
    cloudformation.template(stack.id),
  ]);
  const present = contentOf(stack, template);
  const running = operations.find(({ state }) => state === 'completed');
  // During an update it is not documented whose template this is. Unknown: stack-during-update.
  const own = isAtRest(stack) && running !== undefined ? [[running.id, present] as const] : [];
  const contents = new Map([...contentsIn(entries), ...own]);
  const recent = recentOf(stack.name, operations, contents, entries);
  const condemned = condemnedIn(entries).map(({ revision: { id, content } }) => ({ id, content }));
  return { stack, operations, recent, course: courseOf(rollback, recent), entries, condemned, present };
}
