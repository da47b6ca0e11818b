import { functionArn } from '@lastgood/embedded-aws/world/lambda/model.ts';
import { aliasNow, openApi, TARGET, type Api } from '../../../scenarios/lambda/api.ts';
import type { Stage } from '../../../scenarios/stage.ts';
import { putAlarms, type Watched } from '../../alarms.ts';
import type { Shares, Subject } from '../../ground.ts';
import type { Release } from '../../releases.ts';
import type { Settings } from '../../story.ts';
import { lastgoodKeys } from '../tags.ts';

const FunctionName = 'checkout';
const LIVE = { FunctionName, Qualifier: 'live' };

/** The metrics of the alias, whose dimensions name it. */
export const WATCHED: Watched = {
  errors: [metric('Errors')],
  requests: [metric('Invocations')],
  latency: metric('Duration'),
  slowFrom: 500,
};

function metric(name: string): Watched['errors'][0] {
  const dimensions = { FunctionName, Resource: `${FunctionName}:live` };
  return { namespace: 'AWS/Lambda', name, dimensions };
}

/** An alias of the stories, and the versions behind it. */
export interface Alias {
  readonly api: Api;
  /** Whether a release was published. */
  has(release: Release): boolean;
  /** Publishes a release unless it was. Returns its newest version. */
  publish(release: Release): string;
  /** Publishes a release anew. Returns its version. */
  again(release: Release): string;
}

/**
 * Opens the function with its alias. Returns the alias and what every controller has of the subject.
 * @param target that the alarms are about
 */
export async function openAlias(
  stage: Stage,
  settings: Settings,
  first: Release,
  target: string,
): Promise<{ readonly alias: Alias; readonly subject: Omit<Subject, 'deploy'> }> {
  let alarms: readonly string[] = [];
  const api = await openApi(stage, {
    ...{ tags: settings.tags, first: first.behaviour, proven: false },
    putAlarms: () => {
      // The dimensions name the alias; a composite alarm has none.
      const isNamed = target === TARGET && !settings.alarm.composite;
      alarms = putAlarms(stage, settings, WATCHED, isNamed ? null : target);
    },
  });
  const releases = new Map([['1', first.name]]);
  const again: Alias['again'] = ({ name, behaviour }) => {
    const version = api.publish(behaviour);
    releases.set(version, name);
    return version;
  };
  const versionOf = ({ name }: Release) => [...releases].findLast(([, release]) => release === name)?.[0];
  const alias: Alias = {
    api,
    has: (release) => versionOf(release) !== undefined,
    publish: (release) => versionOf(release) ?? again(release),
    again,
  };
  const subject: Omit<Subject, 'deploy'> = {
    ...{ target, alarms },
    releaseOf: (revision) => releases.get(revision) ?? null,
    shares: () => sharesOf(stage, releases),
    tag: (tags) => retag(stage, tags),
    can: canOf(stage, api, settings),
  };
  return { alias, subject };
}

/** The version of the alias has what its other versions leave. */
function sharesOf(stage: Stage, releases: ReadonlyMap<string, string>): Shares {
  const { FunctionVersion = '', RoutingConfig } = aliasNow(stage);
  const others = RoutingConfig?.AdditionalVersionWeights ?? {};
  const rest = 1 - Object.values(others).reduce((sum, share) => sum + share, 0);
  const shares: Record<string, number> = {};
  for (const [version, share] of Object.entries({ [FunctionVersion]: rest, ...others })) {
    const name = releases.get(version);
    if (name !== undefined) shares[name] = (shares[name] ?? 0) + 100 * share;
  }
  return shares;
}

/** Provisioned concurrency is the capacity of an alias. */
function canOf(stage: Stage, api: Api, { count }: Settings): Subject['can'] {
  const provision = (ProvisionedConcurrentExecutions: number) =>
    stage.call('lambda', 'PutProvisionedConcurrencyConfig', { ...LIVE, ProvisionedConcurrentExecutions });
  return {
    'scale-to-nothing': () =>
      stage.call('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: 0 }),
    'scale-back': () => stage.call('lambda', 'DeleteFunctionConcurrency', { FunctionName }),
    grow: () => provision(count + 2),
    shrink: () => provision(count),
    drift: () => api.update({ Description: 'the alias of the shop' }),
    'lose-first': () => stage.call('lambda', 'DeleteFunction', { FunctionName, Qualifier: '1' }),
  };
}

function retag(stage: Stage, tags: Readonly<Record<string, string>>): void {
  const Resource = functionArn(FunctionName);
  const { Tags = {} } = stage.call<{ Tags?: Record<string, string> }>('lambda', 'ListTags', { Resource });
  stage.call('lambda', 'UntagResource', { Resource, TagKeys: lastgoodKeys(Tags) });
  if (Object.keys(tags).length > 0) stage.call('lambda', 'TagResource', { Resource, Tags: tags });
}
