import { inBatches, readBatches, type LookUp } from '../../../../src/aws/batches.ts';
import { createBudget, within } from '../../../../src/aws/budget.ts';
import { isNamed } from '../../../../src/aws/errors.ts';
import type { ObservedRevision } from '../../../../src/ledger/ledger.ts';
import { groupOf, type GroupName } from '../../../../src/targets/kinds/codedeploy/target.ts';
import type { CodeDeploy, Deployment, Group } from '../codedeploy.ts';
import { MAX_DEPLOYMENTS, MAX_GROUPS, type BatchReads } from './reads.ts';
import { PROOFS } from './shares.ts';

/** The reads that show the present state of deployments. */
export interface Reads extends Pick<CodeDeploy, 'revisions' | 'deployments'> {
  readonly group: LookUp<GroupName, Group>;
  readonly deployment: LookUp<string, Deployment>;
}

export type Calls = Pick<CodeDeploy, 'revision' | 'deployments'> & { readonly batches: BatchReads };

/** ListDeployments, and BatchGetDeployments of what it lists. */
const CALLS_OF_A_LIST = 2;

/** Makes most of the reads for many deployments in batches. The others are made one by one, within the share. */
export async function readAhead(calls: Calls, observed: readonly ObservedRevision[]): Promise<Reads> {
  const budget = createBudget(PROOFS.callsPerMinute);
  const asked = <T>(call: () => Promise<T>, count = 1) => within(budget, PROOFS.quota, call, count);
  const names = [...new Map(observed.map(({ target }) => [target, groupOf(target)])).values()];
  const applications = Object.values(Object.groupBy(names, ({ application }) => application));
  const [group, deployment] = await Promise.all([
    readBatches(
      applications.flatMap((some = []) => inBatches(some, MAX_GROUPS)),
      keyOf,
      async (some) => {
        const [{ application } = { application: '' }] = some;
        const found = await asked(() =>
          calls.batches.groups(
            application,
            some.map(({ group }) => group),
          ),
        );
        return new Map(found.map((one) => [keyOf(one.name), one]));
      },
    ),
    readBatches(
      inBatches([...new Set(observed.map((one) => one.deployment))], MAX_DEPLOYMENTS),
      (id) => id,
      async (some) => {
        const found = await known(some, (ids) => asked(() => calls.batches.deployments(ids)));
        return new Map(found.map((one) => [one.id, one]));
      },
    ),
  ]);
  return {
    group,
    deployment,
    deployments: (one, since) => asked(() => calls.deployments(one, since), CALLS_OF_A_LIST),
    // A page has one revision for each target, of different applications.
    revisions: (application, wanted) =>
      Promise.all(wanted.map((one) => asked(() => calls.revision(application, one)))),
  };
}

/** Reads deployments, one by one if CodeDeploy does not know one of them: it may refuse them all. */
async function known(
  ids: readonly string[],
  read: (ids: readonly string[]) => Promise<readonly Deployment[]>,
): Promise<readonly Deployment[]> {
  try {
    return await read(ids);
  } catch (error) {
    if (!isNamed(error, 'DeploymentDoesNotExistException', 'InvalidDeploymentIdException')) throw error;
    if (ids.length === 1) return [];
    const found: Deployment[] = [];
    for (const id of ids) found.push(...(await known([id], read)));
    return found;
  }
}

function keyOf({ application, group }: GroupName): string {
  return `${application}/${group}`;
}
