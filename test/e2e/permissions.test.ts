import {
  DescribeServicesCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scenarios } from '../../local/scenarios/all.ts';
import { openShop, type Shop } from '../../local/scenarios/ecs/shop.ts';
import { openStage, type Stage } from '../../local/scenarios/stage.ts';
import { REGION } from '../../local/world/aws.ts';

/** Scenarios that between them need every permission. */
const STORIES = [
  'ecs-errors-after-completion',
  'ecs-errors-in-flight',
  'ecs-backstop-event-lost',
  'ecs-paused-at-hook',
  'ecs-approval-unanswered',
  'ecs-bad-image',
  'ecs-lost-completion-event',
  'ecs-lost-alarm-event',
  'ecs-malformed-request',
  'ecs-requested-revision',
  'ecs-execution-aborted',
];

/** Minutes after which the sweep has looked at what completed last. */
const SOAKED = 8;

/** Allowed to functions and used by the Lambda service on their behalf, not by a call of ours. */
const USED_BY_LAMBDA = /^(logs|xray|sqs):/;

/** IAM's prefix of a service, where it is not the name that requests are signed with. Each operation's action has its name. */
const IAM_PREFIX: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

describe('the roles of the packaged template', () => {
  const asked = new Map<string, Set<string>>();
  const denied: string[] = [];
  let granted: readonly (readonly [role: string, action: string])[] = [];

  beforeAll(async () => {
    for (const name of STORIES) {
      const stage = await openStage({ seed: 1 });
      await scenarios.find((scenario) => scenario.name === name)?.play(stage);
      await stage.minutes(SOAKED);
      granted = grantsOf(stage);
      for (const { role, service, operation, allowed } of stage.runtime.wire.calls) {
        const action = `${IAM_PREFIX[service] ?? service}:${operation}`;
        if (!allowed) denied.push(`${role} ${action}`);
        asked.set(role, (asked.get(role) ?? new Set()).add(action));
      }
      await stage.close();
    }
  }, 120_000);

  it('allow everything that is called', () => {
    expect(denied).toEqual([]);
  });

  it('allow nothing that is never called', () => {
    const unused = granted.filter(
      ([role, action]) => !asked.get(role)?.has(action) && !USED_BY_LAMBDA.test(action),
    );
    expect(unused.map(([role, action]) => `${role} ${action}`)).toEqual([]);
  });
});

describe('a stolen role', () => {
  let stage: Stage;
  let shop: Shop;
  beforeAll(async () => {
    stage = await openStage({ seed: 1 });
    shop = await openShop(stage, { proven: false });
  });
  afterAll(() => stage.close());

  const as = (functionName: string) => {
    const role = stage.runtime.stack.functions.find(
      ({ name }) => name === `lastgood-prod-${functionName}`,
    )!.role;
    return {
      endpoint: stage.runtime.wire.endpoint,
      region: REGION,
      credentials: stage.runtime.wire.credentials(role),
      maxAttempts: 1,
    };
  };
  const checkout = { cluster: 'prod', service: 'checkout' };

  it('of the mechanism brings a revision of a tagged service back', async () => {
    const ecs = new ECSClient(as('mechanism-ecs'));
    await expect(
      ecs.send(new UpdateServiceCommand({ ...checkout, taskDefinition: shop.releases['v1']! })),
    ).resolves.toBeDefined();
  });

  it('of the mechanism introduces no new revision', async () => {
    const ecs = new ECSClient(as('mechanism-ecs'));
    const evil = { family: 'checkout', containerDefinitions: [{ name: 'evil', image: 'evil' }] };
    await expect(ecs.send(new RegisterTaskDefinitionCommand(evil))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('of the mechanism changes nothing that is not tagged', async () => {
    stage.call('ecs', 'UntagResource', { resourceArn: shop.arn, tagKeys: ['lastgood'] });
    const ecs = new ECSClient(as('mechanism-ecs'));
    await expect(
      ecs.send(new UpdateServiceCommand({ ...checkout, taskDefinition: shop.releases['v1']! })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it.each(['on-alarm', 'on-deployment', 'on-request', 'guard', 'verify', 'evidence', 'report', 'sweep'])(
    'of %s updates no service',
    async (name) => {
      const ecs = new ECSClient(as(name));
      await expect(ecs.send(new UpdateServiceCommand(checkout))).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
    },
  );

  it.each(['guard', 'verify', 'evidence', 'report', 'mechanism-ecs'])(
    'of %s starts no rollback',
    async (name) => {
      const sfn = new SFNClient(as(name));
      const stateMachineArn = stage.runtime.stack.stateMachines[0]!.arn;
      await expect(
        sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{}' })),
      ).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
    },
  );

  it('of a trigger reads no service', async () => {
    const ecs = new ECSClient(as('on-alarm'));
    await expect(
      ecs.send(new DescribeServicesCommand({ cluster: 'prod', services: ['checkout'] })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

/** Every action that a function's role allows. */
function grantsOf({ runtime }: Stage): readonly (readonly [string, string])[] {
  const ours = new Set(runtime.stack.functions.map(({ role }) => role));
  return runtime.stack.roles
    .filter(({ name }) => ours.has(name))
    .flatMap(({ name, policies }) =>
      policies
        .flatMap(({ Statement }) => Statement)
        .filter(({ Effect }) => Effect === 'Allow')
        .flatMap(({ Action }) => [Action].flat().map((action) => [name, action] as const)),
    );
}
