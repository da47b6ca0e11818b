import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { traitsOf as ofBundle } from '../../../functions/mechanisms/codedeploy/traits.ts';
import { definitionTraits, traitsOfBoth } from '../../../functions/mechanisms/ecs/traits.ts';
import type { TaskDefinition as TaskDefinitionRead } from '../../../functions/mechanisms/ecs/ecs.ts';
import { unknownRevision } from '../../../functions/mechanisms/ecs/revisions.ts';
import type { Fleet } from '../../../functions/mechanisms/elb/fleets.ts';
import type { Split } from '../../../functions/mechanisms/elb/split.ts';
import { traitsOfBoth as ofSplits } from '../../../functions/mechanisms/elb/traits.ts';
import { toVersion } from '../../../functions/mechanisms/lambda/from-aws.ts';
import type { WeightedRecord } from '../../../functions/mechanisms/route53/route53.ts';
import type { Run } from '../../../functions/mechanisms/route53/runs.ts';
import { traitsOfBoth as ofRecords } from '../../../functions/mechanisms/route53/traits.ts';
import { createEc2 } from '../../../functions/mechanisms/asg/ec2.ts';
import { changesBetween } from '../../../src/rollback/traits.ts';

const revision = (id: string, name = id) => ({ id, name });

describe('the changes between two revisions of', () => {
  it('a task definition: images, environment names, secrets, sizes and commands', () => {
    const before: TaskDefinition = {
      cpu: '256',
      memory: '512',
      containerDefinitions: [
        { name: 'app', image: 'shop:1', environment: [{ name: 'MODE', value: 'old' }], command: ['serve'] },
        { name: 'proxy', image: 'envoy:1', secrets: [{ name: 'KEY', valueFrom: 'arn:one' }] },
      ],
    };
    const after: TaskDefinition = {
      cpu: '512',
      memory: '512',
      containerDefinitions: [
        {
          name: 'app',
          image: 'shop:2',
          environment: [
            { name: 'MODE', value: 'new' },
            { name: 'BETA', value: '1' },
          ],
          command: ['serve', '--fast'],
        },
        { name: 'proxy', image: 'envoy:1', secrets: [{ name: 'KEY', valueFrom: 'arn:two' }] },
      ],
    };
    expect(changesBetween(definitionTraits(after), definitionTraits(before))).toEqual([
      'CPU of the task: 512 → 256',
      'image of app: shop:2 → shop:1',
      'environment variable MODE of app: another value',
      'environment variable BETA of app: set → none',
      'command of app: another value',
      'secret KEY of proxy: another value',
    ]);
  });

  describe('a service revision', () => {
    const put = (digest: string, platformVersion: string, taskDefinition = 'checkout:1') => ({
      arn: digest,
      serviceArn: 'arn:service',
      createdAt: '2026-11-22T03:00:00.000Z',
      configuration: { taskDefinition, platformVersion },
      images: [{ container: 'app', image: 'shop:latest', digest }],
      targetGroups: [],
    });
    const unread = { get: () => undefined };
    const [two, one] = [
      put('sha256:bbbbbbbbbbbbbbbbbbbb', '1.4.0'),
      put('sha256:aaaaaaaaaaaaaaaaaaaa', 'LATEST'),
    ];

    it('are the digests of its tags, and settings of the service', () => {
      expect(changesBetween(...traitsOfBoth(two, one, unread)!)).toEqual([
        'image of app: shop:latest (sha256:bbbbbbbbbbbb) → shop:latest (sha256:aaaaaaaaaaaa)',
        'platformVersion of the service: another value',
      ]);
    });

    it('has the name of its task definition, unless both were read', () => {
      const other = put('sha256:aaaaaaaaaaaaaaaaaaaa', 'LATEST', 'arn:task-definition/checkout:2');
      const traits = definitionTraits({ cpu: '256' });
      const read = (known: readonly string[]) => ({
        get: (arn: string) => (known.includes(arn) ? ({ arn, traits } as TaskDefinitionRead) : undefined),
      });
      expect(changesBetween(...traitsOfBoth(other, one, read(['checkout:1']))!)).toEqual([
        'task definition: checkout:2 → checkout:1',
      ]);
      const both = read(['checkout:1', other.configuration.taskDefinition]);
      expect(changesBetween(...traitsOfBoth(other, one, both)!)).toEqual([]);
    });

    it('is unknown if ECS no longer describes one of them', () => {
      expect(traitsOfBoth(unknownRevision('gone'), one, unread)).toBeNull();
    });
  });

  it('a Lambda version: code, description, sizes and environment names', () => {
    const version = (more: FunctionConfiguration) =>
      toVersion({
        Version: '1',
        Runtime: 'nodejs24.x',
        LastModified: '2026-11-22T03:00:00.000+0000',
        ...more,
      }).traits;
    const from = version({
      CodeSha256: 'bbbbbbbbbbbbbbbbbbbbb=',
      MemorySize: 256,
      Description: 'commit 2',
      Environment: { Variables: { URL: 'x' } },
    });
    const to = version({
      CodeSha256: 'aaaaaaaaaaaaaaaaaaaaa=',
      MemorySize: 128,
      Description: 'commit 1',
      Environment: { Variables: { URL: 'y' } },
    });
    expect(changesBetween(from, to)).toEqual([
      'code: sha256 bbbbbbbbbbbb → sha256 aaaaaaaaaaaa',
      'description: commit 2 → commit 1',
      'memory in MB: 256 → 128',
      'environment variable URL: another value',
    ]);
  });

  it.each<[string, FunctionConfiguration, FunctionConfiguration, string]>([
    ['the role', { Role: 'arn:role/new' }, { Role: 'arn:role/old' }, 'Role: arn:role/new → arn:role/old'],
    [
      'the subnets',
      { VpcConfig: { SubnetIds: ['subnet-2'], SecurityGroupIds: ['sg-1'] } },
      { VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } },
      'VpcConfig.SubnetIds: subnet-2 → subnet-1',
    ],
    ['its place in a VPC', { VpcConfig: { VpcId: 'vpc-1' } }, {}, 'VpcConfig.VpcId: vpc-1 → none'],
    ['the layers', { Layers: [{ Arn: 'arn:layer:tools:2' }] }, {}, 'layers: tools:2 → none'],
    ['the timeout', { Timeout: 3 }, { Timeout: 30 }, 'timeout in seconds: 3 → 30'],
    ['the handler', { Handler: 'new.main' }, { Handler: 'main' }, 'handler: new.main → main'],
    ['the key', { KMSKeyArn: 'arn:key/2' }, { KMSKeyArn: 'arn:key/1' }, 'KMSKeyArn: arn:key/2 → arn:key/1'],
    [
      'storage',
      { EphemeralStorage: { Size: 512 } },
      { EphemeralStorage: { Size: 1024 } },
      'EphemeralStorage.Size: 512 → 1024',
    ],
    [
      'logging',
      { LoggingConfig: { LogGroup: '/new' } },
      { LoggingConfig: { LogGroup: '/old' } },
      'LoggingConfig.LogGroup: /new → /old',
    ],
    [
      'SnapStart',
      { SnapStart: { ApplyOn: 'None' } },
      { SnapStart: { ApplyOn: 'PublishedVersions' } },
      'SnapStart: None → PublishedVersions',
    ],
    [
      'the command of an image, which is not shown',
      { ImageConfigResponse: { ImageConfig: { Command: ['--token=open-sesame'] } } },
      { ImageConfigResponse: { ImageConfig: { Command: [] } } },
      'ImageConfigResponse: set → none',
    ],
    [
      'what a later AWS adds, which is not shown',
      { New: { Token: 'open-sesame' } } as never,
      {},
      'New: set → none',
    ],
  ])('a Lambda version: %s', (_, from, to, line) => {
    const version = (more: FunctionConfiguration, number: string) =>
      toVersion({
        ...more,
        Version: number,
        FunctionArn: `arn:${number}`,
        RevisionId: number,
        State: 'Active',
      }).traits;
    expect(changesBetween(version(from, '8'), version(to, '7'))).toEqual([line]);
  });

  describe('a launch template version', () => {
    async function changes(from: object, to: object) {
      const read = async (data: object) => {
        const LaunchTemplateData = { ImageId: 'ami-1', InstanceType: 't4g.small', ...data };
        const answer = { LaunchTemplateVersions: [{ VersionNumber: 1, LaunchTemplateData }] };
        const ec2 = createEc2({ send: () => Promise.resolve(answer) } as never);
        return (await ec2.version({ template: 'lt-1', version: '1' }))?.traits ?? {};
      };
      return changesBetween(await read(from), await read(to));
    }

    it('are the image by name, and that user data differs', async () => {
      const [from, to] = [
        { ImageId: 'ami-2', UserData: 'c2VjcmV0Mg==' },
        { ImageId: 'ami-1', UserData: 'c2VjcmV0MQ==' },
      ];
      expect(await changes(from, to)).toEqual([
        'AMI: ami-2 → ami-1',
        'launch template UserData: another value',
      ]);
    });

    it.each<[string, object, object, string]>([
      [
        'the instance profile',
        { IamInstanceProfile: { Name: 'web-admin' } },
        { IamInstanceProfile: { Name: 'web' } },
        'launch template IamInstanceProfile.Name: web-admin → web',
      ],
      [
        'the security groups',
        { SecurityGroupIds: ['sg-1', 'sg-2'] },
        { SecurityGroupIds: ['sg-1'] },
        'launch template SecurityGroupIds: sg-1, sg-2 → sg-1',
      ],
      [
        'the security groups of an interface',
        { NetworkInterfaces: [{ DeviceIndex: 0, Groups: ['sg-2'] }] },
        { NetworkInterfaces: [{ DeviceIndex: 0, Groups: ['sg-1'] }] },
        'launch template NetworkInterfaces[0].Groups: sg-2 → sg-1',
      ],
      [
        'the metadata options',
        { MetadataOptions: { HttpTokens: 'optional' } },
        { MetadataOptions: { HttpTokens: 'required' } },
        'launch template MetadataOptions.HttpTokens: optional → required',
      ],
      [
        'the block devices',
        { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8 } }] },
        { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 30 } }] },
        'launch template BlockDeviceMappings[/dev/xvda].Ebs.VolumeSize: 8 → 30',
      ],
      [
        'tags, without their values',
        { TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'token', Value: 'open-sesame' }] }] },
        {},
        'launch template TagSpecifications: set → none',
      ],
    ])('are %s', async (_, from, to, line) => {
      expect(await changes(from, to)).toEqual([line]);
    });
  });

  it('a bundle: its location', () => {
    const changes = (from: string, to: string) =>
      changesBetween(ofBundle(revision(from)), ofBundle(revision(to)));
    expect(changes('github:shop/app@bbbb', 'github:shop/app@aaaa')).toEqual(['commit: bbbb → aaaa']);
    expect(changes('s3://code/app.zip?type=zip&version=2', 's3://code/app.zip?type=zip&version=1')).toEqual([
      'version of the bundle: 2 → 1',
    ]);
  });

  describe('a listener', () => {
    const group = (name: string) =>
      `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/6d0ecf831eec9f09`;
    const split = (weights: Readonly<Record<string, number>>): Split =>
      Object.entries(weights).map(([name, weight]) => ({ targetGroup: group(name), weight }));
    const fleet = (...from: readonly string[]): Fleet => ({
      ...{ desired: 2, max: 4, isOptedIn: true, suspended: [] },
      launched: { targetGroups: [], from },
    });
    const changes = (from: Split, to: Split, fleets: Readonly<Record<string, Fleet>> = {}) => {
      const nameIn = (arn: string) => arn.split('/')[1]!;
      const groupOf = (arn: string) => (nameIn(arn) in fleets ? `web-${nameIn(arn)}` : undefined);
      return changesBetween(
        ...ofSplits(from, to, { groupOf, fleetOf: (arn) => fleets[nameIn(arn)] ?? null })!,
      );
    };

    it('are the share of each target group', () => {
      expect(changes(split({ blue: 9, green: 1 }), split({ blue: 1 }))).toEqual([
        'traffic to blue: 90 % → 100 %',
        'traffic to green: 10 % → none',
      ]);
    });

    it('and what the Auto Scaling groups behind them launched', () => {
      const fleets = { blue: fleet('lt-1:7'), green: fleet('lt-1:8', 'lt-1:7') };
      expect(changes(split({ green: 1 }), split({ blue: 1 }), fleets)).toEqual([
        'traffic to green: 100 % → none',
        'what serves: web-green (lt-1:7, lt-1:8) → web-blue (lt-1:7)',
        'traffic to blue: none → 100 %',
      ]);
      expect(changes(split({ green: 1 }), split({ blue: 1 }), { blue: fleet() })).toContain(
        'what serves: none → web-blue (no instance in service)',
      );
    });
  });

  it('weighted records: the weight of each, and what answers', () => {
    const run = (weights: Run['weights']): Run => ({
      weights,
      behind: {},
      since: '2026-11-22T03:04:00.000Z',
    });
    const record = (identifier: string, more: Partial<WeightedRecord>): WeightedRecord => ({
      ...{ identifier, weight: 0, ttl: 60, healthCheck: null, alias: null, trafficPolicy: null },
      ...{ listed: {} as WeightedRecord['listed'], ...more },
    });
    const records = [
      record('blue', {
        listed: { ResourceRecords: [{ Value: '203.0.113.10' }] } as WeightedRecord['listed'],
      }),
      record('green', { alias: { dnsName: 'green.example.com', zone: 'Z1' } }),
    ];
    const changes = (one: Run['weights'], other: Run['weights'], of = records) =>
      changesBetween(...ofRecords(run(one), run(other), of)!);
    expect(changes({ blue: 0, green: 255 }, { blue: 255, green: 0 })).toEqual([
      'weight of blue: 0 → 255',
      'weight of green: 255 → 0',
      'what answers: green (green.example.com) → blue (203.0.113.10)',
    ]);
    expect(changes({ blue: 0, green: 1 }, { blue: 1, green: 0 }, [])).toContain('what answers: green → blue');
  });
});

it('names a difference in roles, ports, health check and log configuration, and shows no setting that may hold a value', () => {
  const container = (more: object) => ({ name: 'app', image: 'app:1', environment: [], ...more });
  const from = definitionTraits({
    taskRoleArn: 'arn:aws:iam::111122223333:role/new',
    executionRoleArn: 'execution',
    containerDefinitions: [
      container({
        portMappings: [{ containerPort: 9090 }],
        healthCheck: { command: ['CMD', 'check', 'open-sesame'] },
        logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': 'open-sesame' } },
      }),
    ],
  });
  const to = definitionTraits({
    taskRoleArn: 'arn:aws:iam::111122223333:role/old',
    containerDefinitions: [
      container({ portMappings: [{ containerPort: 8080, protocol: 'tcp' }], cpu: 0, mountPoints: [] }),
    ],
  });
  const lines = changesBetween(from, to);
  expect(lines.toSorted()).toEqual([
    'execution role: execution → none',
    'health check of app: set → none',
    'log configuration of app: set → none',
    'ports of app: 9090/tcp → 8080/tcp',
    'task role: arn:aws:iam::111122223333:role/new → arn:aws:iam::111122223333:role/old',
  ]);
  expect(lines.join()).not.toContain('open-sesame');
});
