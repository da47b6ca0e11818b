import { settledOf } from '../../../src/aws/each.ts';
import { tablesOf } from '../../../src/aws/tables.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import { createReports } from '../../../src/ledger/dynamodb.ts';
import type { ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Reports } from '../../../src/ledger/reports.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Deployed, Reconciler } from '../../../src/targets/kind.ts';
import { readReport } from '../../../src/targets/report-id.ts';
import { kind, targetOf, externalOf } from '../../../src/targets/kinds/external/target.ts';
import { deploymentsOf } from './deployments.ts';
import { sourcesIn } from './registration.ts';

/** Reads of Lastgood's own table. */
const PROOFS_PER_MINUTE = 60;

/** Creates what the sweep uses to prove reported deployments. There is nothing to look at: AWS keeps no record. */
export function createReconciler(surroundings: Surroundings): Reconciler {
  return reconcilerOf(createReports(tablesOf(surroundings), surroundings.setting('LEDGER_TABLE')));
}

export function reconcilerOf(reports: Pick<Reports, 'of'>): Reconciler {
  return {
    shares: [{ quota: 'reports in the ledger (not measured)', callsPerMinute: PROOFS_PER_MINUTE }],
    unitsPerPage: 1,
    units: () => Promise.resolve([]),
    read: () => Promise.resolve([]),
    provesPerMinute: PROOFS_PER_MINUTE,
    deployed: async (observed, { optedIn }) => {
      const registered = new Map<string, Tags>();
      for (const { arn, tags } of await optedIn('here')) {
        const name = kind.fromArn(arn);
        if (name !== null) registered.set(targetOf(externalOf(`external:${name}`)), tags);
      }
      return settledOf(observed, (one) => deployed(one, registered.get(one.target), reports));
    },
  };
}

/** A report of a source that the tag does not name proves nothing. Neither does one of a target that is not opted in. */
async function deployed(
  { target, deployment }: ObservedRevision,
  tags: Tags | undefined,
  reports: Pick<Reports, 'of'>,
): Promise<Deployed | null> {
  const id = readReport(deployment);
  if (id === null) return null;
  const revision = { id: id.revision, name: id.revision, content: id.revision };
  const found = { revision, tags: tags ?? {}, alarms: [] };
  if (tags === undefined) return { ...found, runs: 'unclear' };
  const sources = sourcesIn(tags);
  if (!sources.includes(id.source)) return null;
  const [newest] = deploymentsOf(await reports.of(target), sources, []);
  if (newest === undefined || newest.revision.id === id.revision) return { ...found, runs: 'alone' };
  return { ...found, runs: newest.state === 'completed' ? 'gone' : 'unclear' };
}
