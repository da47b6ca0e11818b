import type { CreateDeploymentGroupInput } from '@aws-sdk/client-codedeploy';
import { arn } from '@lastgood/embedded-aws/world/aws.ts';
import { ALIAS, isDeploying } from '../../../scenarios/codedeploy/alias.ts';
import { aliasNow, TARGET } from '../../../scenarios/lambda/api.ts';
import { createGroup, deploy, newest } from '../../../scenarios/lambda/codedeploy.ts';
import type { Stage } from '../../../scenarios/stage.ts';
import type { Ground, Subject } from '../../ground.ts';
import { lastgoodKeys } from '../tags.ts';
import { openAlias, type Alias } from './alias.ts';

interface Strategy {
  readonly config: string;
  readonly settings?: Partial<CreateDeploymentGroupInput>;
}

const CANARY = 'LambdaCanary10Percent10Minutes';

const GOES_BACK: Partial<CreateDeploymentGroupInput> = {
  alarmConfiguration: { enabled: true, alarms: [{ name: 'errors' }] },
  autoRollbackConfiguration: {
    enabled: true,
    events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
  },
};

/** How CodeDeploy shifts an alias, by strategy. */
const STRATEGIES: Readonly<Record<string, Strategy>> = {
  'all-at-once': { config: 'LambdaAllAtOnce' },
  canary: { config: CANARY },
  linear: { config: 'LambdaLinear10PercentEvery2Minutes' },
  'canary-goes-back': { config: CANARY, settings: GOES_BACK },
  'linear-goes-back': { config: 'LambdaLinear10PercentEvery1Minute', settings: GOES_BACK },
};

/** Aliases that CodeDeploy shifts. The target is the alias, so Lastgood leaves it alone while CodeDeploy shifts it. */
const aliases: readonly Ground[] = Object.entries(STRATEGIES).map(
  ([strategy, { config, settings: group }]) => ({
    ...{ kind: 'lambda', controller: 'CODE_DEPLOY', strategy },
    open: async (stage, settings, first) => {
      const { alias, subject } = await openAlias(stage, settings, first, TARGET);
      createGroup(stage, config, group);
      return { ...subject, ...shifting(stage, alias, subject) };
    },
  }),
);

/** Deployment groups that shift an alias. The target is the group, and the tag of the function says so. */
const groups: readonly Ground[] = Object.entries(STRATEGIES).map(
  ([strategy, { config, settings: group }]) => ({
    ...{ kind: 'codedeploy', controller: 'CODE_DEPLOY', strategy: `lambda-${strategy}` },
    open: async (stage, settings, first) => {
      const tags = { 'lastgood:target': ALIAS };
      const { alias, subject } = await openAlias(stage, { ...settings, tags }, first, ALIAS);
      const own = Object.entries(settings.tags).map(([Key, Value]) => ({ Key, Value }));
      createGroup(stage, config, { ...group, tags: own });
      // What CodeDeploy never deployed, it cannot go back to.
      deploy(stage, '1', alias.again(first));
      await stage.until('the first shift is over', () => !isDeploying(stage));
      return {
        ...subject,
        ...shifting(stage, alias, subject),
        releaseOf: (revision) => subject.releaseOf(revision.replace(/^checkout:/, '')),
        tag: (wanted) => retag(stage, wanted),
      };
    },
  }),
);

export const byCodeDeploy: readonly Ground[] = [...aliases, ...groups];

function shifting(
  stage: Stage,
  alias: Alias,
  { can }: Pick<Subject, 'can'>,
): Pick<Subject, 'deploy' | 'can'> {
  return {
    deploy: (release) => {
      const version = alias.publish(release);
      deploy(stage, aliasNow(stage).FunctionVersion ?? '', version);
    },
    can: {
      ...can,
      // One that is over refuses.
      abort: () =>
        stage.call('codedeploy', 'StopDeployment', {
          ...{ deploymentId: newest(stage), autoRollbackEnabled: true },
        }),
    },
  };
}

function retag(stage: Stage, tags: Readonly<Record<string, string>>): void {
  const ResourceArn = arn('codedeploy', 'deploymentgroup:checkout/live');
  const { Tags = [] } = stage.call<{ Tags?: readonly { readonly Key: string; readonly Value: string }[] }>(
    ...(['codedeploy', 'ListTagsForResource', { ResourceArn }] as const),
  );
  const now = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
  stage.call('codedeploy', 'UntagResource', { ResourceArn, TagKeys: lastgoodKeys(now) });
  const added = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  if (added.length > 0) stage.call('codedeploy', 'TagResource', { ResourceArn, Tags: added });
}
