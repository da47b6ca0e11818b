import type { OptedIn } from '../../../src/aws/opted-in.ts';
import type { Ledger, Sighting } from '../../../src/ledger/ledger.ts';
import type { DeploymentSighting } from '../../../src/targets/kind.ts';
import type { Deployed } from '../../sweep/kind.ts';
import type { Route53 } from './route53.ts';
import { currentRun, readRun, runsIn, toRevision, writeRun } from './runs.ts';
import { problemOf, weightsOf } from './supported.ts';
import { recordOf, targetOf, type RecordName } from './target.ts';
import { isSame } from './weights.ts';

interface Clients {
  readonly route53: Pick<Route53, 'records' | 'weighted'>;
  readonly entriesOf: Ledger['entries'];
  readonly now: () => string;
}

/** The present weights of every weighted record in zones that opted in: no event tells of them. */
export async function seen(
  clients: Clients,
  optedIn: readonly OptedIn[],
): Promise<readonly DeploymentSighting[]> {
  const sightings: DeploymentSighting[] = [];
  // One after the other: the account has five requests a second, and others need them too.
  for (const zone of optedIn.flatMap(zoneIn))
    for (const name of await clients.route53.weighted(zone)) sightings.push(...(await seenOf(name, clients)));
  return sightings;
}

/** Records have no tags: their zone's opt them in. */
function zoneIn({ arn }: OptedIn): readonly string[] {
  return /^arn:[^:]+:route53:::hostedzone\/(.+)$/.exec(arn)?.slice(1) ?? [];
}

async function seenOf(
  name: RecordName,
  { route53, entriesOf, now }: Clients,
): Promise<readonly DeploymentSighting[]> {
  const target = targetOf(name.zone, name.name, name.type);
  const [records, entries] = await Promise.all([route53.records(name), entriesOf(target)]);
  if (records === null || problemOf(records) !== null) return [];
  const run = currentRun(runsIn(entries), weightsOf(records), now());
  return [{ target, deployment: writeRun(run), state: 'completed', at: run.since, reason: '' }];
}

/** Whether the weights that were seen are still there. */
export async function deployed(
  route53: Pick<Route53, 'records' | 'tags'>,
  { target, deployment }: Sighting,
): Promise<Deployed | null> {
  const name = recordOf(target);
  const run = readRun(deployment);
  const [records, tags] = await Promise.all([route53.records(name), route53.tags(name.zone)]);
  if (run === null || records === null || tags === null || problemOf(records) !== null) return null;
  const runs = isSame(weightsOf(records), run.weights) ? 'alone' : 'gone';
  return { revision: toRevision(run), runs, tags, alarms: [] };
}
