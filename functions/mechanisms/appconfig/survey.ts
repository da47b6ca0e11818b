import { condemnedIds } from '../../../src/ledger/among.ts';
import type { ReadTags } from '../../../src/aws/resource-tags.ts';
import type { Entry, Ledger } from '../../../src/ledger/ledger.ts';
import { courseOf, type Course } from '../../../src/rollback/course.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { Deployment as Known, Tags } from '../../../src/rollback/plan.ts';
import { profileOf, type ProfileName } from '../../../src/targets/kinds/appconfig/target.ts';
import type { AppConfig, Deployment, Details, Environment, Profile } from './appconfig.ts';
import { recentOf } from './history.ts';
import { wentBack } from './states.ts';

/** Everything that a plan is made from, read once. */
export interface Survey {
  readonly name: ProfileName;
  readonly environment: Environment;
  readonly profile: Profile;
  readonly tags: Tags;
  readonly entries: readonly Entry[];
  /** Ids of the revisions that were ever condemned. */
  readonly condemned: ReadonlySet<string>;
  /** Of the whole environment, newest first. */
  readonly all: readonly Deployment[];
  /** Of the profile, newest first. */
  readonly own: readonly Deployment[];
  readonly recent: readonly Known[];
  readonly course: Course;
}

export interface Clients {
  readonly appconfig: AppConfig;
  readonly readTags: ReadTags;
  readonly ledger: Pick<Ledger, 'entries'>;
}

/** Limits the reads of when deployments went back: an older one has been replaced since. */
const MAX_DETAILS = 2;

/** @throws UnsupportedTarget */
export async function survey(rollback: Plannable, { appconfig, readTags, ledger }: Clients): Promise<Survey> {
  const { target } = rollback.request;
  const name = profileOf(target);
  const [environment, profile, all, entries] = await Promise.all([
    appconfig.environment(name),
    appconfig.profile(name),
    appconfig.deployments(name),
    ledger.entries(target),
  ]);
  if (environment === null || profile === null || all === null)
    throw new UnsupportedTarget(`${target}: ${gone(environment)}; a target has ids, and no names`);
  const own = all.filter((one) => one.profile === name.profile);
  const [[tags = {}], details] = await Promise.all([
    readTags([environment.arn]),
    detailsOf(appconfig, name, own),
  ]);
  const recent = recentOf({ own, details, entries });
  const condemned = condemnedIds(entries);
  const course = courseOf(rollback, recent);
  return { name, environment, profile, tags, entries, condemned, all, own, recent, course };
}

function gone(environment: Environment | null): string {
  return environment === null ? 'there is no such environment' : 'there is no such configuration profile';
}

/** Reads who made the newest deployment, and when the last ones went back. */
async function detailsOf(
  appconfig: Pick<AppConfig, 'details'>,
  name: ProfileName,
  own: readonly Deployment[],
): Promise<ReadonlyMap<number, Details>> {
  const [newest, ...older] = own;
  if (newest === undefined) return new Map();
  const wanted = [newest, ...older.filter(wentBack)].slice(0, MAX_DETAILS);
  const found = await Promise.all(wanted.map(({ number }) => appconfig.details(name, number)));
  return new Map(found.flatMap((one) => (one === null ? [] : [[one.number, one] as const])));
}
