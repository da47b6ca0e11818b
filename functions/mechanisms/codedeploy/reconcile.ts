import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { settledOf } from '../../../src/aws/each.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { Page, Reconciler, Seen, SweepContext, Unit } from '../../../src/targets/kind.ts';
import { kind, readName } from '../../../src/targets/kinds/codedeploy/target.ts';
import { deployed } from './deployed.ts';
import { createCodeDeploy } from './sdk.ts';
import { readAhead } from './sweep/ahead.ts';
import { createFailures, type Failures } from './sweep/failures.ts';
import { createBatchReads, MAX_GROUPS, type BatchReads } from './sweep/reads.ts';
import { lastFailure, seenOf } from './sweep/seen.ts';
import { FAILURES, PAGES, PROOFS } from './sweep/shares.ts';

/**
 * Creates what the sweep uses to reconcile deployment groups. The sweep passes the tagged groups, so it needs no ARNs.
 */
export function createReconciler({ connect }: Surroundings): Reconciler {
  const client = connect(CodeDeployClient);
  const codedeploy = createCodeDeploy(client, '');
  const batches = createBatchReads(client);
  const failures = createFailures(batches);
  return {
    shares: [PAGES, FAILURES, PROOFS],
    unitsPerPage: MAX_GROUPS,
    units: async (context) => {
      // Reads what the minute before left. A read that fails is made again with its page, which says so.
      await Promise.allSettled([failures.learn([], context)]);
      return unitsIn(context);
    },
    read: (page, context) => read(page, batches, failures, context),
    provesPerMinute: PROOFS.callsPerMinute,
    deployed: async (observed, { optedIn }) => {
      const [reads, tagged] = await Promise.all([
        readAhead({ ...codedeploy, batches }, observed),
        optedIn('here'),
      ]);
      return settledOf(observed, (one) => deployed(reads, tagged, one));
    },
  };
}

async function unitsIn({ optedIn }: SweepContext): Promise<readonly Unit[]> {
  const names = (await optedIn('here')).flatMap(({ arn }) => kind.fromArn(arn) ?? []).map(readName);
  return names.map(({ application, group }) => ({ batch: application, name: group }));
}

/** Reads up to a hundred groups of an application, and why their last deployments failed. */
export async function read(
  page: Page,
  batches: Pick<BatchReads, 'groups'>,
  failures: Failures,
  context: SweepContext,
): Promise<readonly Seen[]> {
  const { now } = context;
  const [{ batch: application }] = page;
  const groups = await batches.groups(
    application,
    page.map(({ name }) => name),
  );
  const failed = groups.flatMap((group) => lastFailure(group, now)?.id ?? []);
  if (failed.length > 0) await failures.learn(failed, context);
  const byName = new Map(groups.map((group) => [group.name.group, group]));
  return page.flatMap((unit) => {
    const group = byName.get(unit.name);
    return group === undefined ? [] : seenOf(unit, group, failures, now);
  });
}
