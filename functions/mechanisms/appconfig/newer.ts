import { descriptionOf } from '../../../src/aws/code-deploy/description.ts';
import type { Planned } from '../../../src/rollback/document.ts';
import { profileOf } from '../../../src/targets/kinds/appconfig/target.ts';
import type { AppConfig, Deployment } from './appconfig.ts';
import type { Memo } from './memo.ts';

/** Deployments to an environment since the plan. */
export interface Since {
  /** The environment's latest deployment, of any profile. */
  readonly latest: Deployment;
  /** The profile's newest deployment at the time of the plan. */
  readonly planned: Deployment;
  /** The deployment by an earlier try of this rollback, or null. */
  readonly earlier: Deployment | null;
  /** The newest other deployment of the profile since the plan, or null. It may be the fix, and stays. */
  readonly other: Deployment | null;
  /** Newest first. */
  readonly own: readonly Deployment[];
}

/** Reads the deployments since the plan. Null: the environment or the planned deployment is gone. */
export async function deployedSince(
  appconfig: Pick<AppConfig, 'deployments' | 'details'>,
  { request, plan, execution }: Pick<Planned<Memo>, 'request' | 'plan' | 'execution'>,
): Promise<Since | null> {
  const name = profileOf(request.target);
  const all = (await appconfig.deployments(name)) ?? [];
  const own = all.filter(({ profile }) => profile === name.profile);
  const planned = own.find(({ number }) => number === plan.memo.number);
  const [latest] = all;
  if (planned === undefined || latest === undefined) return null;
  const newer = own.filter(({ number }) => number > planned.number);
  // Lastgood makes one deployment at most, and only an operator's can come before it or after.
  const details = await Promise.all(newer.slice(0, 2).map(({ number }) => appconfig.details(name, number)));
  const ours = details.find((one) => one?.description === descriptionOf(execution));
  const earlier = newer.find(({ number }) => number === ours?.number) ?? null;
  const other = newer.find(({ number }) => number !== ours?.number) ?? null;
  return { latest, planned, earlier, other, own };
}
