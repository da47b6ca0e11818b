import { AppConfigClient } from '@aws-sdk/client-appconfig';
import { createBudget, within } from '../../../src/aws/budget.ts';
import { settledOf } from '../../../src/aws/each.ts';
import type { OptedIn } from '../../../src/aws/opted-in.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Deployed, Reconciler, Unit } from '../../../src/targets/kind.ts';
import { profileOf, type ProfileName } from '../../../src/targets/kinds/appconfig/target.ts';
import type { AppConfig, Deployment } from './appconfig.ts';
import { revisionIn } from './revision.ts';
import { createAppConfig } from './sdk.ts';
import { isComplete, isOpen } from './states.ts';
import { seenOf } from './sweep/seen.ts';
import { CALLS_PER_PROOF, PAGES, PROOFS } from './sweep/shares.ts';

const PROOFS_PER_MINUTE = PROOFS.callsPerMinute / CALLS_PER_PROOF;

/** Creates what the sweep uses to reconcile configuration profiles. An environment is a page, for all its profiles. */
export function createReconciler({ connect }: Surroundings): Reconciler {
  // The sweep passes the tagged environments, so it needs no ARNs.
  return reconcilerOf(createAppConfig(connect(AppConfigClient), ''));
}

export function reconcilerOf(appconfig: Pick<AppConfig, 'deployments' | 'environment'>): Reconciler {
  return {
    shares: [PAGES, PROOFS],
    unitsPerPage: 1,
    units: async ({ optedIn }) => (await optedIn('here')).flatMap((one) => unitIn(one) ?? []),
    read: async ([unit]) => {
      const name = environmentIn(unit.name);
      const all = await appconfig.deployments({ ...name, profile: '' });
      return all === null ? [] : seenOf(unit, name, all);
    },
    provesPerMinute: PROOFS_PER_MINUTE,
    deployed: async (observed, { optedIn }) => {
      const tagged = await optedIn('here');
      const proofs = createBudget(PROOFS_PER_MINUTE);
      return settledOf(observed, (one) =>
        within(proofs, PROOFS.quota, () => deployed(appconfig, tagged, one)),
      );
    },
  };
}

const ENVIRONMENT = /^arn:[^:]+:appconfig:[^:]*:\d+:application\/([^/]+)\/environment\/([^/]+)$/;

/** Profiles are tagged for other purposes: the tags of their environment opt them in. */
function unitIn({ arn }: OptedIn): Unit | null {
  const [, application, environment] = ENVIRONMENT.exec(arn) ?? [];
  if (application === undefined || environment === undefined) return null;
  return { batch: 'environments', name: `${application}/${environment}`, calls: 2 };
}

function environmentIn(unit: string): Omit<ProfileName, 'profile'> {
  const [application = '', environment = ''] = unit.split('/');
  return { application, environment };
}

async function deployed(
  appconfig: Pick<AppConfig, 'deployments' | 'environment'>,
  tagged: readonly OptedIn[],
  { target, deployment: id }: ObservedRevision,
): Promise<Deployed | null> {
  const name = profileOf(target);
  const [all, environment] = await Promise.all([appconfig.deployments(name), appconfig.environment(name)]);
  if (all === null || environment === null) return null;
  const own = all.filter(({ profile }) => profile === name.profile);
  const deployment = own.find(({ number }) => String(number) === id);
  if (deployment === undefined) return null;
  const tags = tagsIn(tagged, name);
  return {
    revision: { ...revisionIn(deployment), content: deployment.version },
    runs: tags === null ? 'unclear' : runs(deployment, own),
    tags: tags ?? {},
    alarms: environment.monitors,
  };
}

/** Returns unclear while a newer deployment of the profile is in flight, because clients have either version. */
function runs(deployment: Deployment, own: readonly Deployment[]): Deployed['runs'] {
  const stands = own.find(isComplete);
  if (stands?.version !== deployment.version) return 'gone';
  return own.some(isOpen) ? 'unclear' : 'alone';
}

/** Returns the tags of the environment; null: it is not opted in. */
function tagsIn(tagged: readonly OptedIn[], { application, environment }: ProfileName): Tags | null {
  const name = `${application}/${environment}`;
  return tagged.find((one) => unitIn(one)?.name === name)?.tags ?? null;
}
