import { knownOf, type Knowing } from '../../../src/ledger/last-sight.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { blameOf, type Blame } from '../../../src/rollback/blame.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { InvalidRequest, UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { Deployment, Tags } from '../../../src/rollback/plan.ts';
import type { Rollout } from '../../../src/rollback/rollouts.ts';
import { second } from './configuration.ts';
import { historyOf, type History } from './history.ts';
import type { Alias, Lambda, Provisioned, Version } from './lambda.ts';
import { rolloutsOf, type Versions } from './rollouts.ts';
import { isWayBack, knownFrom, standingOf, type Known, type Standing } from './standing.ts';
import { aliasOf, type AliasName } from '../../../src/targets/kinds/lambda/target.ts';

/** Limits the versions whose content is read: each costs a call while the function is broken. */
const MAX_READ_VERSIONS = 6;

/** Everything that a plan is made from, read once. */
export interface Survey {
  readonly name: AliasName;
  readonly alias: Alias;
  readonly tags: Tags;
  readonly provisioned: Provisioned | null;
  readonly standing: Standing;
  readonly known: Known;
  readonly entries: readonly Entry[];
  /** Newest first. */
  readonly rollouts: readonly Rollout[];
  readonly recent: readonly [Deployment, ...Deployment[]];
  readonly blame: Blame | null;
  readonly versions: Versions;
  /** False: the sweep did not observe the change to the present configuration. */
  readonly seen: boolean;
}

interface Clients extends Knowing {
  readonly lambda: Lambda;
}

/** @throws UnsupportedTarget, InvalidRequest */
export async function survey(rollback: Plannable, { lambda, ...knowing }: Clients): Promise<Survey> {
  const { target, revision } = rollback.request;
  const name = aliasOf(target);
  const [alias, found] = await Promise.all([lambda.alias(name), knownOf(knowing, target)]);
  const { entries } = found;
  if (alias === null) throw new UnsupportedTarget(`${target}: there is no such function, or no such alias`);
  const known = knownFrom(entries);
  const [tags, provisioned] = await Promise.all([
    lambda.tags(alias.functionArn),
    lambda.provisioned(name),
    checkRequested(lambda, name, revision),
  ]);
  const named = standingOf(alias, provisioned, known);
  // Not the present time: throttled calls delay a plan by minutes, and the change is older than that.
  const history = historyOf({ alias, standing: named, known }, found, rollback.since);
  const standing = bringing(named, alias, history);
  const versions = await read(lambda, name, history);
  const rollouts = asWaysBack(rolloutsOf(name.functionName, history, versions, entries), standing, entries);
  const [newest, ...older] = rollouts.map(({ deployment }) => deployment);
  if (newest === undefined) throw new UnsupportedTarget(`${target}: nothing is known of it`);
  const recent = [newest, ...older] as const;
  const course = { rollouts, recent, blame: blameOf(recent, rollback), versions, seen: history.seen };
  return { name, alias, tags, provisioned, standing, known, entries, ...course };
}

/** Corrects which of two versions came last: observations of the alias outweigh the ledger's proofs. */
function bringing(standing: Standing, alias: Alias, { pointings: [{ introduced }] }: History): Standing {
  if (standing.state !== 'canary' || introduced === standing.introduced) return standing;
  const beside = introduced === alias.version ? (second(alias)?.version ?? null) : alias.version;
  return { ...standing, introduced, beside };
}

/**
 * Reads the introduced versions, newest first. Those that the alias names always exist: Lambda refuses to delete them.
 */
async function read(lambda: Lambda, { functionName }: AliasName, { pointings }: History): Promise<Versions> {
  const [newest, ...others] = new Set(pointings.map(({ introduced }) => introduced));
  const numbers = [newest ?? '', ...others].slice(0, MAX_READ_VERSIONS);
  const found = await Promise.all(numbers.map((number) => lambda.version(functionName, number)));
  if (found[0] == null)
    throw new UnsupportedTarget(`${functionName} has no version ${newest ?? ''}, which its alias names`);
  return new Map(
    numbers.flatMap((number, i) => (found[i] == null ? [] : [[number, found[i]] as [string, Version]])),
  );
}

/** Marks a way back that the sweep has not observed yet: another version was condemned after this one was proven. */
function asWaysBack(
  [newest, ...older]: readonly Rollout[],
  { introduced }: Standing,
  entries: readonly Entry[],
): readonly Rollout[] {
  if (newest === undefined || !isWayBack(introduced, entries))
    return newest === undefined ? [] : [newest, ...older];
  return [{ ...newest, deployment: { ...newest.deployment, isRollback: true } }, ...older];
}

async function checkRequested(
  lambda: Lambda,
  { functionName }: AliasName,
  revision: string | undefined,
): Promise<void> {
  if (revision === undefined) return;
  const isNumber = /^[1-9]\d*$/.test(revision);
  if (!isNumber || (await lambda.version(functionName, revision)) === null) {
    const problem = `${functionName} has no published version ${JSON.stringify(revision)}`;
    throw new InvalidRequest('request.revision', problem);
  }
}
