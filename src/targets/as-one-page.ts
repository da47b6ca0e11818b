import type { ObservedRevision } from '../ledger/ledger.ts';
import type { Deployed, ObservedDeployment, Reconciler, SweepContext } from './kind.ts';

/** The reads of a kind that does not read in pages yet. */
interface Whole {
  readonly deployed: (observed: ObservedRevision, context: SweepContext) => Promise<Deployed | null>;
  readonly recentDeployments: (context: SweepContext) => Promise<readonly ObservedDeployment[]>;
}

/** Makes a reconciler of a kind that reads all its targets at once: one page of one unit. */
export function asOnePage(kind: string, { deployed, recentDeployments }: Whole): Reconciler {
  return {
    shares: [{ quota: `${kind} (not measured)`, callsPerMinute: 1 }],
    unitsPerPage: 1,
    units: () => Promise.resolve([{ batch: kind, name: 'all' }]),
    read: async ([unit], context) =>
      (await recentDeployments(context)).map((one) => ({
        unit,
        target: one.target,
        content: `${one.deployment} ${one.state}`,
        observed: () => Promise.resolve([one]),
      })),
    provesPerMinute: 20,
    deployed: (observed, context) => Promise.allSettled(observed.map((one) => deployed(one, context))),
  };
}
