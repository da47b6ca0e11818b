import type { Entry, Ledger } from '../../../src/ledger/ledger.ts';
import { InvalidRequest, UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { Deployment, Tags } from '../../../src/rollback/plan.ts';
import type { Instant, Request } from '../../../src/rollback/request.ts';
import { timesOf } from './began.ts';
import { deploymentId } from './deployment-id.ts';
import type { Alias, Lambda, Provisioned, Version } from './lambda.ts';
import { revisionOf } from './revision.ts';
import { isWayBack, knownFrom, standingOf, type Known, type Standing } from './standing.ts';
import { aliasOf, type AliasName } from './target.ts';

/** Everything a plan is made from, read once. */
export interface Survey {
  readonly name: AliasName;
  readonly alias: Alias;
  readonly tags: Tags;
  readonly provisioned: Provisioned | null;
  readonly standing: Standing;
  readonly known: Known;
  readonly entries: readonly Entry[];
  readonly deployment: Deployment;
  /** False: nobody saw when the alias was changed to what it is now. */
  readonly seen: boolean;
}

interface Clients {
  readonly lambda: Lambda;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: () => string;
}

/** @throws UnsupportedTarget, InvalidRequest */
export async function survey({ target, revision }: Request, clients: Clients): Promise<Survey> {
  const { lambda, ledger, now } = clients;
  const name = aliasOf(target);
  const [alias, entries] = await Promise.all([lambda.alias(name), ledger.entries(target)]);
  if (alias === null) throw new UnsupportedTarget(`${target}: there is no such function, or no such alias`);
  const known = knownFrom(entries);
  const [tags, provisioned] = await Promise.all([
    lambda.tags(alias.functionArn),
    lambda.provisioned(name),
    checkRequested(lambda, name, revision),
  ]);
  const standing = standingOf(alias, provisioned, known);
  const version = await introduced(lambda, name, standing);
  const times = timesOf(now(), alias, standing.introduced, version.modifiedAt, entries);
  return {
    ...{ name, alias, tags, provisioned, standing, known, entries },
    seen: times.seen,
    deployment: toDeployment(name, alias, standing, version, times, entries),
  };
}

/** An alias cannot outlive its versions: Lambda refuses to delete one that an alias names. */
async function introduced(lambda: Lambda, { functionName }: AliasName, standing: Standing): Promise<Version> {
  const version = await lambda.version(functionName, standing.introduced);
  if (version === null)
    throw new UnsupportedTarget(
      `${functionName} has no version ${standing.introduced}, which its alias names`,
    );
  return version;
}

function toDeployment(
  { functionName }: AliasName,
  alias: Alias,
  { state, introduced: newest }: Standing,
  version: Version,
  { startedAt, finishedAt }: { readonly startedAt: Instant; readonly finishedAt: Instant },
  entries: readonly Entry[],
): Deployment {
  const common = {
    id: deploymentId(alias),
    startedAt,
    revision: revisionOf(functionName, version),
    isRollback: isWayBack(newest, entries),
  };
  return state === 'alone'
    ? { ...common, state: 'completed', finishedAt }
    : { ...common, state: 'in-flight' };
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
