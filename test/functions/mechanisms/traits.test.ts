import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { traitsOf as ofBundle } from '../../../functions/mechanisms/codedeploy/traits.ts';
import { definitionTraits, traitsOfBoth } from '../../../functions/mechanisms/ecs/traits.ts';
import type { TaskDefinition as TaskDefinitionRead } from '../../../functions/mechanisms/ecs/ecs.ts';
import { unknownRevision } from '../../../functions/mechanisms/ecs/revisions.ts';
import { traitsOf as ofSplit } from '../../../functions/mechanisms/elb/traits.ts';
import { toVersion } from '../../../functions/mechanisms/lambda/from-aws.ts';
import { traitsOf as ofWeights } from '../../../functions/mechanisms/route53/traits.ts';
import { createEc2 } from '../../../functions/mechanisms/asg/ec2.ts';
import { changesBetween, type Traits } from '../../../src/rollback/traits.ts';

const known = (traits: Traits | null): Traits => {
  if (traits === null) throw new Error('not known');
  return traits;
};
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

  it('a launch template version: the image by name, and that user data differs', async () => {
    const read = async (ImageId: string, UserData: string) => {
      const LaunchTemplateData = { ImageId, UserData, InstanceType: 't4g.small' };
      const answer = { LaunchTemplateVersions: [{ VersionNumber: 1, LaunchTemplateData }] };
      const ec2 = createEc2({ send: () => Promise.resolve(answer) } as never);
      return (await ec2.version({ template: 'lt-1', version: '1' }))?.traits ?? {};
    };
    expect(changesBetween(await read('ami-2', 'c2VjcmV0Mg=='), await read('ami-1', 'c2VjcmV0MQ=='))).toEqual([
      'AMI: ami-2 → ami-1',
      'launch template UserData: another value',
    ]);
  });

  it('a bundle: its location', () => {
    const changes = (from: string, to: string) =>
      changesBetween(ofBundle(revision(from)), ofBundle(revision(to)));
    expect(changes('github:shop/app@bbbb', 'github:shop/app@aaaa')).toEqual(['commit: bbbb → aaaa']);
    expect(changes('s3://code/app.zip?type=zip&version=2', 's3://code/app.zip?type=zip&version=1')).toEqual([
      'version of the bundle: 2 → 1',
    ]);
  });

  it('a listener: the share of each target group', () => {
    const target =
      'elb:arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2';
    const of = (split: string) => known(ofSplit(target, revision(`${split} since 2026-11-22T03:04:00.000Z`)));
    const blue = 'blue/6d0ecf831eec9f09';
    const green = 'green/73e2d6bc24d8a067';
    expect(changesBetween(of(`${blue}=9 ${green}=1`), of(`${blue}=1`))).toEqual([
      'traffic to blue: 90 % → 100 %',
      'traffic to green: 10 % → none',
    ]);
    expect(ofSplit(target, revision('something else'))).toBeNull();
  });

  it('weighted records: the weight of each', () => {
    const of = (weights: string) => known(ofWeights(revision(`${weights} since 2026-11-22T03:04:00.000Z`)));
    expect(changesBetween(of('blue=0 green=255'), of('blue=255 green=0'))).toEqual([
      'weight of blue: 0 → 255',
      'weight of green: 255 → 0',
    ]);
    expect(ofWeights(revision('something else'))).toBeNull();
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
