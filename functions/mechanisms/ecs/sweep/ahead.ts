import { inBatches, readBatches } from '../../../../src/aws/batches.ts';
import { createBudget, within } from '../../../../src/aws/budget.ts';
import { condemnedIds } from '../../../../src/ledger/among.ts';
import type { Entry, Ledger, ObservedRevision } from '../../../../src/ledger/ledger.ts';
import type { Share } from '../../../../src/targets/kind.ts';
import { serviceOf, type ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';
import { keptContents } from '../content.ts';
import { runningNumber } from '../deployed.ts';
import type { Ecs, ServiceRevision, TaskDefinition } from '../ecs.ts';
import { MAX_REVISIONS_PER_CALL } from '../revisions.ts';
import { MAX_SERVICES, type DescribedService, type Services } from '../services.ts';
import { DEFINITIONS, LISTS, PROOFS, REVISIONS } from './shares.ts';

/** The reads that show the present state of deployments. */
export type Reads = Pick<Ecs, 'deployments' | 'deployment' | 'revisions' | 'taskDefinition'> & {
  /** Null: there is no such service. */
  readonly service: (name: ServiceName) => Promise<DescribedService | null>;
  readonly entries: Ledger['entries'];
};

/** The calls that the reads are made of. */
export type Calls = Omit<Reads, 'service'> & { readonly services: Services };

/**
 * Makes most of the reads for many deployments in batches: services, entries, and the revisions that run or are
 * condemned. The reads that are left are made when they are needed, within their shares.
 */
export async function readAhead(calls: Calls, observed: readonly ObservedRevision[]): Promise<Reads> {
  const targets = [...new Set(observed.map(({ target }) => target))];
  const [service, entries] = await Promise.all([
    servicesAhead(calls.services, targets),
    entriesAhead(calls.entries, targets),
  ]);
  const revisions = await revisionsAhead(calls, await wantedAmong(observed, { service, entries }));
  const lists = budgeted(LISTS);
  const definitions = budgeted(DEFINITIONS);
  return {
    service,
    entries,
    revisions,
    deployments: (name, since) => lists(() => calls.deployments(name, since)),
    deployment: (arn) => lists(() => calls.deployment(arn)),
    taskDefinition: onceEach((arn) => definitions(() => calls.taskDefinition(arn))),
  };
}

/** Reads each task definition once, for all deployments. */
function onceEach(read: Ecs['taskDefinition']): Ecs['taskDefinition'] {
  const known = new Map<string, Promise<TaskDefinition>>();
  return (arn) => {
    const answer = known.get(arn) ?? read(arn);
    known.set(arn, answer);
    return answer;
  };
}

/** Makes calls within a share. */
function budgeted({ quota, callsPerMinute }: Share): <T>(call: () => Promise<T>) => Promise<T> {
  const budget = createBudget(callsPerMinute);
  return (call) => within(budget, quota, call);
}

async function servicesAhead(services: Services, targets: readonly string[]): Promise<Reads['service']> {
  const within = budgeted(PROOFS);
  const clusters = Object.values(Object.groupBy(targets.map(serviceOf), ({ cluster }) => cluster));
  const found = await readBatches(
    clusters.flatMap((names = []) => inBatches(names, MAX_SERVICES)),
    nameOf,
    async (names) => {
      const [{ cluster } = { cluster: '' }] = names;
      const wanted = names.map(({ service }) => service);
      const described = await within(() => services.in(cluster, wanted, 'TAGS'));
      return new Map(described.map((one) => [nameOf(one.name), one]));
    },
  );
  return async (name) => Promise.resolve(found(name));
}

function nameOf({ cluster, service }: ServiceName): string {
  return `${cluster}/${service}`;
}

async function entriesAhead(
  entries: Reads['entries'],
  targets: readonly string[],
): Promise<Reads['entries']> {
  const found = await readBatches(
    inBatches(targets, 1),
    (target) => target,
    async (some) => new Map(await Promise.all(some.map(async (one) => [one, await entries(one)] as const))),
  );
  return async (target) => Promise.resolve(found(target) ?? []);
}

/**
 * Returns the ARNs of the revisions that the deployments deployed, where they run, and of the condemned ones whose
 * content the ledger does not keep.
 */
async function wantedAmong(
  observed: readonly ObservedRevision[],
  { service, entries }: Pick<Reads, 'service' | 'entries'>,
): Promise<readonly string[]> {
  const wanted = observed.map(async (one) => {
    const described = await service(serviceOf(one.target));
    if (described?.service.controller !== 'ECS') return [];
    const running = runningNumber(described.service, one);
    return [...(running === null ? [] : [running]), ...uncompared(await entries(one.target))];
  });
  const found = await Promise.allSettled(wanted);
  // A read that failed fails again where its deployment is looked up.
  return [...new Set(found.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])))];
}

/** Returns the ids of the condemned revisions whose content the ledger does not keep. */
export function uncompared(entries: readonly Entry[]): readonly string[] {
  const kept = keptContents(entries);
  return [...condemnedIds(entries)].filter((id) => !kept.has(id));
}

async function revisionsAhead(
  { revisions }: Pick<Calls, 'revisions'>,
  arns: readonly string[],
): Promise<Reads['revisions']> {
  const within = budgeted(REVISIONS);
  const read = async (some: readonly string[]) => within(() => revisions(some));
  const found = await readBatches(
    inBatches(arns, MAX_REVISIONS_PER_CALL),
    (arn) => arn,
    async (some) => new Map((await read(some)).map((one) => [one.arn, one])),
  );
  const known = new Set(arns);
  return async (wanted) => {
    const ahead = wanted
      .filter((arn) => known.has(arn))
      .flatMap((arn): ServiceRevision[] => {
        const one = found(arn);
        return one === null ? [] : [one];
      });
    const rest = wanted.filter((arn) => !known.has(arn));
    return rest.length === 0 ? ahead : [...ahead, ...(await read(rest))];
  };
}
