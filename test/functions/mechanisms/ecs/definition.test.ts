import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { readsOf, settingsOf } from '../../../../functions/mechanisms/ecs/definition.ts';

const container = (more: Partial<ContainerDefinition> = {}): ContainerDefinition => ({
  name: 'app',
  image: 'checkout:v1',
  environment: [
    { name: 'A', value: '1' },
    { name: 'B', value: '2' },
  ],
  command: ['serve', 'now'],
  ...more,
});
const definition = (more: Partial<TaskDefinition> = {}): TaskDefinition => ({
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:1',
  family: 'checkout',
  revision: 1,
  registeredAt: new Date('2026-11-20T00:00:00Z'),
  status: 'ACTIVE',
  cpu: '256',
  containerDefinitions: [container()],
  ...more,
});

describe('what a task definition sets', () => {
  it('is the same whatever it is called and whenever it was registered', () => {
    const anew = definition({
      taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:9',
      family: 'shop',
      revision: 9,
      registeredAt: new Date('2026-11-22T00:00:00Z'),
      status: 'INACTIVE',
      compatibilities: ['FARGATE'],
    });
    expect(settingsOf(anew)).toBe(settingsOf(definition()));
  });

  it('has no order where AWS gives names, and nothing where AWS gives empty lists', () => {
    const { environment = [] } = container();
    const shuffled = container({ environment: environment.toReversed(), mountPoints: [] });
    const two = [container({ name: 'log' }), shuffled];
    expect(settingsOf(definition({ containerDefinitions: two, volumes: [] }))).toBe(
      settingsOf(definition({ containerDefinitions: [container(), container({ name: 'log' })] })),
    );
  });

  it('says nothing of images, which are compared by digest', () => {
    const other = definition({ containerDefinitions: [container({ image: 'checkout:v2' })] });
    expect(settingsOf(other)).toBe(settingsOf(definition()));
  });

  it.each<[string, Partial<TaskDefinition>]>([
    ['the task role', { taskRoleArn: 'arn:role' }],
    ['memory', { memory: '512' }],
    ['a variable', { containerDefinitions: [container({ environment: [{ name: 'A', value: '2' }] })] }],
    ['the order of a command', { containerDefinitions: [container({ command: ['now', 'serve'] })] }],
    ['a health check', { containerDefinitions: [container({ healthCheck: { command: ['true'] } })] }],
  ])('differs by %s', (_, more) => {
    expect(settingsOf(definition(more))).not.toBe(settingsOf(definition()));
  });
});

describe('what containers read when they start', () => {
  it('is each secret and parameter once, of secrets without key and version', () => {
    const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf';
    const secrets = [
      { name: 'USER', valueFrom: `${secret}:user::` },
      { name: 'PASSWORD', valueFrom: `${secret}:password:AWSCURRENT:` },
      { name: 'FLAG', valueFrom: 'checkout-flag' },
    ];
    const secretOptions = [{ name: 'token', valueFrom: 'log-token' }];
    const logging = container({ secrets, logConfiguration: { logDriver: 'splunk', secretOptions } });
    expect(readsOf(definition({ containerDefinitions: [logging] }))).toEqual([
      secret,
      'checkout-flag',
      'log-token',
    ]);
    expect(readsOf(definition())).toEqual([]);
  });
});
