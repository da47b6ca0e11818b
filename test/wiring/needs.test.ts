import { describe, expect, it } from 'vitest';
import { readStack } from '@lastgood/embedded-aws/runtime/stack/read.ts';
import { worldServices } from '@lastgood/embedded-aws/runtime/services.ts';
import { Iam, type PolicyDocument } from '@lastgood/embedded-aws/wire/iam.ts';
import { AwsError, type Access, type AwsService } from '@lastgood/embedded-aws/world/service.ts';
import { eventsService } from '@lastgood/embedded-aws/runtime/events/service.ts';
import { createWorld } from '@lastgood/embedded-aws/world/world.ts';
import { PARAMETERS } from '../../local/scenarios/stage.ts';
import { PACKAGED } from '../../scripts/package.ts';
import { role, WRITES } from './every-write.ts';

/** Plays every write of every mechanism against the permissions that AWS asks for besides the action itself. */

const { roles } = readStack(PACKAGED, '.', PARAMETERS);
const world = createWorld({ seed: 1, start: '2026-11-22T02:00:00.000Z' });
const services = [...worldServices(world), eventsService({ rules: [] } as never)];
const serviceOf = (name: string): AwsService => services.find(({ signingName }) => signingName === name)!;
const create = (service: string, operation: string, input: object): unknown =>
  serviceOf(service).operations[operation]!.run(input as never, { role: 'operator' });

create('ecs', 'RegisterTaskDefinition', {
  family: 'checkout',
  taskRoleArn: role('checkout'),
  executionRoleArn: role('checkout-execution'),
  containerDefinitions: [{ name: 'checkout', image: 'checkout:1' }],
});
create('ec2', 'CreateLaunchTemplate', {
  LaunchTemplateName: 'web',
  LaunchTemplateData: {
    ImageId: 'resolve:ssm:/web/ami',
    IamInstanceProfile: { Name: 'web-fleet' },
    InstanceMarketOptions: { MarketType: 'spot' },
    LicenseSpecifications: [
      {
        LicenseConfigurationArn: 'arn:aws:license-manager:eu-west-1:111122223333:license-configuration:lic-1',
      },
    ],
    CapacityReservationSpecification: {
      CapacityReservationTarget: {
        CapacityReservationResourceGroupArn: 'arn:aws:resource-groups:eu-west-1:111122223333:group/reserved',
      },
    },
    TagSpecifications: ['instance', 'volume', 'network-interface', 'spot-instances-request'].map(
      (ResourceType) => ({ ResourceType }),
    ),
  },
});

const all = Object.entries(WRITES).flatMap(([kind, writes]) =>
  writes.map((write) => [kind, ...write] as const),
);

function policiesOf(kind: string): readonly PolicyDocument[] {
  return roles.find(({ name }) => name.includes(`-mechanism-${kind}-`))!.policies;
}

/** Returns the first error of a role with these policies; null if all is allowed. */
async function refusalOf(
  policies: readonly PolicyDocument[],
  accesses: readonly Access[],
): Promise<AwsError | null> {
  const iam = new Iam(() => policies);
  try {
    await iam.authorize('mechanism', accesses);
    return null;
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

const optedIn = (access: Access): Access => ({ ...access, tags: { lastgood: 'auto', ...access.tags } });

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
}

/** Returns policies that no longer allow an action. */
function withoutAction(policies: readonly PolicyDocument[], action: string): readonly PolicyDocument[] {
  return policies.map((policy) => ({
    ...policy,
    Statement: ([policy.Statement].flat() as Statement[])
      .map((statement) =>
        statement.Effect === 'Allow'
          ? { ...statement, Action: [statement.Action].flat().filter((each) => each !== action) }
          : statement,
      )
      .filter(({ Action }) => Action.length > 0),
  }));
}

describe('the writes of the mechanisms', () => {
  it.each(all)('of %s: %s %s is allowed with all that it needs', async (kind, service, operation, input) => {
    const own = serviceOf(service).operations[operation]!.authorize(input as never);
    const accesses = [...own, ...world.needs(service, operation, input)].map(optedIn);
    expect(await refusalOf(policiesOf(kind), accesses)).toBeNull();
  });

  const needed = all.flatMap(([kind, service, operation, input]) =>
    [...new Set(world.needs(service, operation, input).map(({ action }) => action))].map(
      (action) => [kind, service, operation, input, action] as const,
    ),
  );
  it.each(needed)(
    'of %s: %s %s of %o is refused without %s',
    async (kind, service, operation, input, action) => {
      const needs = world.needs(service, operation, input).filter((need) => need.action === action);
      const refusal = await refusalOf(withoutAction(policiesOf(kind), action), needs.map(optedIn));
      const [{ refusal: own, resource } = { resource: '' }] = needs;
      expect(refusal?.message).toBe(
        own?.message ??
          `User: arn:aws:sts::111122223333:assumed-role/mechanism/mechanism is not authorized to perform: ${action}` +
            ` on resource: ${resource} because no identity-based policy allows the ${action} action`,
      );
    },
  );

  it('are all played: no role of a mechanism allows another', () => {
    const needs = new Set(needed.map(([kind, , , , action]) => `${kind} ${action}`));
    // API Gateway authorises the method of a request: `apigateway:PATCH`.
    const played = new Set(
      all.map(([kind, service, operation, input]) => {
        const [own] = serviceOf(service).operations[operation]!.authorize(input as never);
        return `${kind} ${own?.action ?? ''}`;
      }),
    );
    const granted = Object.keys(WRITES).flatMap((kind) =>
      policiesOf(kind)
        .flatMap(({ Statement }) => [Statement].flat() as Statement[])
        .filter(({ Effect }) => Effect === 'Allow')
        .flatMap(({ Action }) => [Action].flat().map((action) => `${kind} ${action}`)),
    );
    const writes = granted.filter(
      (grant) =>
        // A preview of a lifecycle policy removes nothing.
        !/:(Describe|List|Lookup|Get|GET$|BatchGet|StartLifecyclePolicyPreview)|(logs|xray|dynamodb|s3):/.test(
          grant,
        ) || needs.has(grant),
    );
    expect([...new Set(writes)].filter((grant) => !played.has(grant) && !needs.has(grant))).toEqual([]);
    expect([...played].filter((write) => !granted.includes(write))).toEqual([]);
  });

  it('pass roles to ECS, its tasks and EC2 alone', async () => {
    for (const [kind, allowed] of [
      ['ecs', ['ecs-tasks.amazonaws.com', 'ecs.amazonaws.com']],
      ['asg', ['ec2.amazonaws.com']],
    ] as const)
      for (const service of [
        'ecs-tasks.amazonaws.com',
        'ecs.amazonaws.com',
        'ec2.amazonaws.com',
        'lambda.amazonaws.com',
      ]) {
        const access = {
          action: 'iam:PassRole',
          resource: role('any'),
          conditions: { 'iam:PassedToService': service },
        };
        const refusal = await refusalOf(policiesOf(kind), [access]);
        expect([kind, service, refusal === null]).toEqual([
          kind,
          service,
          (allowed as readonly string[]).includes(service),
        ]);
      }
  });

  it('read no parameter of Lastgood as an image', async () => {
    const resource = 'arn:aws:ssm:eu-west-1:111122223333:parameter/lastgood/prod/slack/bot-token';
    const refusal = await refusalOf(policiesOf('asg'), [{ action: 'ssm:GetParameters', resource }]);
    expect(refusal?.message).toMatch(/explicit deny/);
  });
});

describe('the parameters of a stage', () => {
  const narrowed = readStack(PACKAGED, '.', {
    ...PARAMETERS,
    PassableRoles: `${role('checkout-*')},${role('web-fleet')}`,
    ImageParameters: 'arn:aws:ssm:eu-west-1:111122223333:parameter/golden/*',
  }).roles;
  const may = async (kind: string, access: Access) => {
    const { policies } = narrowed.find(({ name }) => name.includes(`-mechanism-${kind}-`))!;
    return (await refusalOf(policies, [access])) === null;
  };
  const passing = (name: string, service: string): Access => ({
    action: 'iam:PassRole',
    resource: role(name),
    conditions: { 'iam:PassedToService': service },
  });

  it.each([
    ['ecs', passing('checkout-task', 'ecs-tasks.amazonaws.com'), true],
    ['ecs', passing('admin', 'ecs-tasks.amazonaws.com'), false],
    ['asg', passing('web-fleet', 'ec2.amazonaws.com'), true],
    ['asg', passing('admin', 'ec2.amazonaws.com'), false],
    ...(['golden/web', 'web/ami'] as const).map(
      (name, at) =>
        [
          'asg',
          { action: 'ssm:GetParameters', resource: `arn:aws:ssm:eu-west-1:111122223333:parameter/${name}` },
          at === 0,
        ] as const,
    ),
  ] as const)('narrow what %s may: %o, %s', async (kind, access, isAllowed) => {
    expect(await may(kind, access)).toBe(isAllowed);
  });
});
