import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { NEEDS } from '../../world/needs/needs.ts';
import type { AwsService } from '../../world/service.ts';
import { createWorld } from '../../world/world.ts';

const world = createWorld({ seed: 1, start: '2026-11-22T02:00:00.000Z' });
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- says what the operation answers with
const call = <Output>(service: AwsService, operation: string, input: object) =>
  service.operations[operation]!.run(input as never, { role: 'operator' }) as Output;

/** Returns what a call needs besides its own action: `action resource`, with the service that gets a role. */
function needs(of: string, input: object): readonly string[] {
  const [service = '', operation = ''] = of.split(' ');
  return world.needs(service, operation, input).map(({ action, resource, conditions = {} }) => {
    const passedTo = conditions['iam:PassedToService'];
    return [action, resource, ...(passedTo === undefined ? [] : [passedTo])].join(' ');
  });
}

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

describe('the table of further permissions', () => {
  it('names a source for every line', () => {
    expect(NEEDS.map(({ source }) => source).filter((source) => !source.startsWith('https://'))).toEqual([]);
  });

  it('asks no call for its own action', () => {
    const listed = NEEDS.flatMap(({ of }) => of);
    const known: Readonly<Record<string, AwsService>> = {
      ...{ ecs: world.ecs, ec2: world.ec2, autoscaling: world.autoscaling },
      ...{ elasticloadbalancing: world.elb, codedeploy: world.codedeploy },
    };
    const unknown = listed.filter((call) => {
      const [service = '', operation = ''] = call.split(' ');
      return known[service]?.operations[operation] === undefined;
    });
    expect(unknown).toEqual([]);
  });
});

describe('Amazon ECS', () => {
  const define = (family: string, roles: object) =>
    call(world.ecs, 'RegisterTaskDefinition', {
      family,
      containerDefinitions: [{ name: 'app', image: 'app:1' }],
      ...roles,
    });
  define('both', { taskRoleArn: role('task'), executionRoleArn: 'execution' });
  define('one', { taskRoleArn: role('task'), executionRoleArn: role('task') });
  define('none', {});

  it.each(['CreateService', 'UpdateService', 'CreateTaskSet'])(
    'asks for the roles of the task definition in %s',
    (operation) => {
      const of = `ecs ${operation}`;
      expect(needs(of, { taskDefinition: 'both:1' })).toEqual([
        `iam:PassRole ${role('task')} ecs-tasks.amazonaws.com`,
        `iam:PassRole ${role('execution')} ecs-tasks.amazonaws.com`,
      ]);
      expect(needs(of, { taskDefinition: 'one' })).toEqual([
        `iam:PassRole ${role('task')} ecs-tasks.amazonaws.com`,
      ]);
      expect(needs(of, { taskDefinition: 'none' })).toEqual([]);
    },
  );

  it('asks for no role in an update without a task definition', () => {
    expect(needs('ecs UpdateService', { desiredCount: 3, forceNewDeployment: true })).toEqual([]);
  });

  it.each([
    { loadBalancers: [{ advancedConfiguration: { roleArn: role('infra') } }] },
    { volumeConfigurations: [{ name: 'v', managedEBSVolume: { roleArn: role('infra') } }] },
    { serviceConnectConfiguration: { services: [{ tls: { roleArn: role('infra') } }] } },
    { vpcLatticeConfigurations: [{ roleArn: role('infra') }, { roleArn: role('infra') }] },
  ])('asks for the infrastructure role in %j, which ECS itself gets', (input) => {
    expect(needs('ecs UpdateService', input)).toEqual([`iam:PassRole ${role('infra')} ecs.amazonaws.com`]);
  });
});

describe('Auto Scaling', () => {
  const ids = new Map<string, string>();
  const template = (name: string, data: RequestLaunchTemplateData) => {
    const { LaunchTemplate } = call<{ LaunchTemplate: { LaunchTemplateId: string } }>(
      world.ec2,
      'CreateLaunchTemplate',
      { LaunchTemplateName: name, LaunchTemplateData: data },
    );
    ids.set(name, LaunchTemplate.LaunchTemplateId);
  };
  template('plain', { ImageId: 'ami-0a1b2c3d' });
  template('spot', { ImageId: 'ami-0a1b2c3d', InstanceMarketOptions: { MarketType: 'spot' } });
  template('licensed', {
    LicenseSpecifications: [
      {
        LicenseConfigurationArn: 'arn:aws:license-manager:eu-west-1:111122223333:license-configuration:lic-1',
      },
    ],
  });
  template('tagged', {
    TagSpecifications: [{ ResourceType: 'instance' }, { ResourceType: 'volume' }],
  });
  template('profile', { IamInstanceProfile: { Name: 'web' } });
  template('parameter', { ImageId: 'resolve:ssm:/web/ami:3' });
  template('public', { ImageId: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023' });
  const choice = (name: string, Version = '1') => ({ LaunchTemplateId: ids.get(name), Version });
  const plain = needs('autoscaling UpdateAutoScalingGroup', { LaunchTemplate: choice('plain') });
  /** What the template needs beyond a plain one. */
  const more = (LaunchTemplate: object, of = 'autoscaling UpdateAutoScalingGroup') =>
    needs(of, { LaunchTemplate }).filter(
      (need) => !plain.includes(need) && !/launch-template\/|image\/ami-/.test(need),
    );

  it('asks whether the caller may launch from a numbered version, and nothing for others', () => {
    expect(plain).toContain(
      `ec2:RunInstances arn:aws:ec2:eu-west-1:111122223333:launch-template/${ids.get('plain')}`,
    );
    expect(plain).toContain('ec2:RunInstances arn:aws:ec2:eu-west-1::image/ami-0a1b2c3d');
    expect(more(choice('spot', '$Latest'))).toEqual([]);
  });

  it.each([
    ['spot', ['ec2:RunInstances arn:aws:ec2:eu-west-1:111122223333:spot-instances-request/*']],
    [
      'licensed',
      ['ec2:RunInstances arn:aws:license-manager:eu-west-1:111122223333:license-configuration:lic-1'],
    ],
    [
      'tagged',
      [
        'ec2:CreateTags arn:aws:ec2:eu-west-1:111122223333:instance/*',
        'ec2:CreateTags arn:aws:ec2:eu-west-1:111122223333:volume/*',
      ],
    ],
    ['profile', [`iam:PassRole ${role('web')} ec2.amazonaws.com`]],
    ['parameter', ['ssm:GetParameters arn:aws:ssm:eu-west-1:111122223333:parameter/web/ami']],
    [
      'public',
      ['ssm:GetParameters arn:aws:ssm:eu-west-1::parameter/aws/service/ami-amazon-linux-latest/al2023'],
    ],
  ])('asks for what the template %s needs', (name, expected) => {
    expect(more(choice(name))).toEqual(expected);
  });

  it('asks wherever a request names a template', () => {
    const policy = {
      LaunchTemplate: {
        LaunchTemplateSpecification: choice('plain'),
        Overrides: [{ LaunchTemplateSpecification: choice('profile') }],
      },
    };
    const asked = needs('autoscaling StartInstanceRefresh', {
      DesiredConfiguration: { MixedInstancesPolicy: policy },
    });
    expect(asked).toEqual(
      expect.arrayContaining([...plain, `iam:PassRole ${role('web')} ec2.amazonaws.com`]),
    );
  });

  it('asks for the image of an override, which is not of the template', () => {
    const Overrides = [{ InstanceType: 'm7g.large', ImageId: 'ami-0f1e2d3c' }];
    const LaunchTemplate = { LaunchTemplateSpecification: choice('plain'), Overrides };
    const asked = world.needs('autoscaling', 'UpdateAutoScalingGroup', {
      MixedInstancesPolicy: { LaunchTemplate },
    });
    const image = asked.find(({ resource }) => resource.endsWith('image/ami-0f1e2d3c'));
    expect(image?.conditions).toMatchObject({
      'ec2:IsLaunchTemplateResource': 'false',
      'ec2:Owner': '111122223333',
    });
  });

  it('refuses in its own words, which name only the template', () => {
    const asked = world.needs('autoscaling', 'UpdateAutoScalingGroup', { LaunchTemplate: choice('spot') });
    expect(new Set(asked.map(({ refusal }) => refusal?.message))).toEqual(
      new Set([`You are not authorized to use launch template: ${ids.get('spot')}`]),
    );
  });

  it('asks to read a parameter where a template is written, or resolved', () => {
    const parameter = 'ssm:GetParameters arn:aws:ssm:eu-west-1:111122223333:parameter/web/ami';
    const LaunchTemplateData = { ImageId: 'resolve:ssm:/web/ami' };
    expect(needs('ec2 CreateLaunchTemplateVersion', { LaunchTemplateData })).toEqual([parameter]);
    const input = { LaunchTemplateId: ids.get('parameter'), Versions: ['1'] };
    expect(needs('ec2 DescribeLaunchTemplateVersions', { ...input, ResolveAlias: true })).toEqual([
      parameter,
    ]);
    expect(needs('ec2 DescribeLaunchTemplateVersions', input)).toEqual([]);
  });
});

describe('Elastic Load Balancing', () => {
  const UserPoolArn = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Shop01234';
  const AuthenticateCognitoConfig = { UserPoolArn, UserPoolClientId: 'shop', UserPoolDomain: 'login-shop' };
  const actions = [{ Type: 'authenticate-cognito', AuthenticateCognitoConfig }, { Type: 'forward' }];

  it.each([
    ['ModifyRule', { Actions: actions }],
    ['ModifyListener', { DefaultActions: actions }],
    ['CreateRule', { Actions: actions }],
    ['CreateListener', { DefaultActions: actions }],
  ])('asks for the client of the user pool in %s, and refuses in its own words', (operation, input) => {
    const asked = world.needs('elasticloadbalancing', operation, input);
    expect(asked).toMatchObject([{ action: 'cognito-idp:DescribeUserPoolClient', resource: UserPoolArn }]);
    expect(asked[0]?.refusal).toMatchObject({ code: 'InvalidLoadBalancerAction' });
  });
});

describe('CodeDeploy', () => {
  const named = { applicationName: 'shop', deploymentGroupName: 'web' };

  it('asks for the configuration and the registration of the revision, and to override alarms', () => {
    const plain = [
      'codedeploy:GetDeploymentConfig arn:aws:codedeploy:eu-west-1:111122223333:deploymentconfig:Mine',
      'codedeploy:RegisterApplicationRevision arn:aws:codedeploy:eu-west-1:111122223333:application:shop',
    ];
    const input = { ...named, deploymentConfigName: 'Mine' };
    expect(needs('codedeploy CreateDeployment', input)).toEqual(plain);
    expect(needs('codedeploy CreateDeployment', { ...input, overrideAlarmConfiguration: {} })).toEqual([
      ...plain,
      'codedeploy:UpdateDeploymentGroup arn:aws:codedeploy:eu-west-1:111122223333:deploymentgroup:shop/web',
    ]);
  });
});
