import type { ReadTags } from '../../../src/aws/resource-tags.ts';
import { isWayBack, knownSides, type KnownSides } from '../../../src/ledger/known-sides.ts';
import { knownOf, type Knowing } from '../../../src/ledger/last-sight.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { blameOf, type Blame } from '../../../src/rollback/blame.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { InvalidRequest, UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { Deployment, Tags } from '../../../src/rollback/plan.ts';
import { isAutomatic } from '../../../src/rollback/request.ts';
import type { Rollout } from '../../../src/rollback/rollouts.ts';
import { isUnhurried } from '../../../src/rollback/unhurried.ts';
import { second } from './configuration.ts';
import { historyOf, type History } from './history.ts';
import type { Alias, Lambda, Provisioned, Version } from './lambda.ts';
import { contentsOf, rolloutsOf, type Contents, type Versions } from './rollouts.ts';
import { mayMove, standingOf, type Standing } from './standing.ts';
import { aliasOf, type AliasName } from '../../../src/targets/kinds/lambda/target.ts';

/** Everything that a plan is made from, read once. */
export interface Survey {
  readonly name: AliasName;
  readonly alias: Alias;
  readonly tags: Tags;
  readonly provisioned: Provisioned | null;
  readonly standing: Standing;
  readonly known: KnownSides;
  readonly entries: readonly Entry[];
  /** Newest first. */
  readonly rollouts: readonly Rollout[];
  readonly recent: readonly [Deployment, ...Deployment[]];
  readonly blame: Blame | null;
  /** The versions that were read: the introduced one, and a requested one. */
  readonly versions: Versions;
  /** Contents by version, of those that were read and of those that the ledger keeps. */
  readonly contents: Contents;
  /** Whether a person may see the plan before anything is written. */
  readonly isShown: boolean;
  /** False: the sweep did not observe the change to the present configuration. */
  readonly seen: boolean;
}

interface Clients extends Knowing {
  readonly lambda: Lambda;
  readonly readTags: ReadTags;
}

/**
 * Reads the alias, and the version that it introduces. Versions never change, so the ledger's word on the others is
 * enough. Revert reads whether the wanted one can be invoked.
 * @throws UnsupportedTarget, InvalidRequest
 */
export async function survey(
  rollback: Plannable,
  { lambda, readTags, ...knowing }: Clients,
): Promise<Survey> {
  const { request } = rollback;
  const name = aliasOf(request.target);
  const [alias, observed] = await Promise.all([lambda.alias(name), knownOf(knowing, request.target)]);
  const { entries } = observed;
  if (alias === null)
    throw new UnsupportedTarget(`${request.target}: there is no such function, or no such alias`);
  const known = knownSides(entries);
  const provisioned = mayMove(alias) || !isAutomatic(request) ? await lambda.provisioned(name) : null;
  const named = standingOf(alias, provisioned, known);
  const history = historyOf({ alias, standing: named, known }, observed, rollback.since);
  const standing = bringing(named, alias, history);
  const [[tags = {}], versions] = await Promise.all([
    readTags([alias.functionArn]),
    read(lambda, name, history, request.revision),
  ]);
  const contents = contentsOf(entries, versions);
  const stretches = rolloutsOf(name.functionName, history, { versions, contents }, entries);
  const rollouts = asWaysBack(stretches, standing, entries);
  const [newest, ...older] = rollouts.map(({ deployment }) => deployment);
  if (newest === undefined) throw new UnsupportedTarget(`${request.target}: nothing is known of it`);
  const recent = [newest, ...older] as const;
  const isShown = isUnhurried(rollback, tags);
  const found = { rollouts, recent, blame: blameOf(recent, rollback), seen: history.seen };
  return { name, alias, tags, provisioned, standing, known, entries, versions, contents, isShown, ...found };
}

/** Corrects which of two versions came last: observations of the alias outweigh the ledger's proofs. */
function bringing(standing: Standing, alias: Alias, { pointings: [{ introduced }] }: History): Standing {
  if (standing.state !== 'canary' || introduced === standing.introduced) return standing;
  const beside = introduced === alias.version ? (second(alias)?.version ?? null) : alias.version;
  return { ...standing, introduced, beside };
}

/**
 * Reads the introduced version, and the requested one. The first always exists: Lambda refuses to delete a version that
 * an alias names.
 */
async function read(
  lambda: Lambda,
  { functionName }: AliasName,
  { pointings: [{ introduced }] }: History,
  requested: string | undefined,
): Promise<Versions> {
  const problem = `${functionName} has no published version ${JSON.stringify(requested)}`;
  if (requested !== undefined && !/^[1-9]\d*$/.test(requested))
    throw new InvalidRequest('request.revision', problem);
  const numbers = [...new Set([introduced, requested ?? introduced])];
  const found = await Promise.all(numbers.map((number) => lambda.version(functionName, number)));
  const versions = new Map(
    numbers.flatMap((number, i) => (found[i] == null ? [] : [[number, found[i]] as [string, Version]])),
  );
  if (requested !== undefined && !versions.has(requested))
    throw new InvalidRequest('request.revision', problem);
  if (!versions.has(introduced))
    throw new UnsupportedTarget(`${functionName} has no version ${introduced}, which its alias names`);
  return versions;
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
