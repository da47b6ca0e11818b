import type { ECRClient } from '@aws-sdk/client-ecr';
import type { ECSClient, ServiceConnectConfiguration } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import { createRegistry } from '../../functions/mechanisms/ecs/ecr.ts';
import { createMechanism } from '../../functions/mechanisms/ecs/mechanism.ts';
import { createEcs } from '../../functions/mechanisms/ecs/sdk.ts';
import { createTasks } from '../../functions/mechanisms/ecs/tasks/sdk.ts';
import { AwsError, type AwsService } from '@lastgood/embedded-aws/world/service.ts';
import { EcsWorld, GOOD, SICK } from '@lastgood/embedded-aws/test/world/ecs-world.ts';
import { noTaskSets } from '../fakes/no-task-sets.ts';
import { FakeEntries } from '../fakes/ledger.ts';
import { mechanismContract, type Fixture } from './mechanism.ts';
import { planned, started, stopped } from './walk.ts';

const target = 'ecs:prod/web';
const WRITES = new Set(['UpdateService', 'StopServiceDeployment', 'ContinueServiceDeployment']);

/**
 * Returns a client that calls the embedded AWS without the wire, and lists the calls that were not refused. A stop that
 * was requested before changes nothing, so it is listed once.
 */
function clientOf(service: AwsService, calls: string[]): ECSClient & ECRClient {
  const stopped = new Set<string>();
  const send = (command: { readonly input: unknown }) => {
    const operation = command.constructor.name.replace('Command', '');
    try {
      const answer = service.operations[operation]!.run(command.input as never, { role: 'operator' });
      const isAgain = operation === 'StopServiceDeployment' && stopped.has(JSON.stringify(command.input));
      if (!isAgain) calls.push(operation);
      if (operation === 'StopServiceDeployment') stopped.add(JSON.stringify(command.input));
      return Promise.resolve(answer);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return Promise.reject(Object.assign(new Error(error.message), { name: error.code }));
    }
  };
  return { send } as unknown as ECSClient & ECRClient;
}

function fixture(world: EcsWorld, good: string): Fixture {
  const calls: string[] = [];
  const mechanism = createMechanism({
    ...noTaskSets,
    ecs: createEcs(clientOf(world.ecs, calls)),
    tasks: createTasks(clientOf(world.ecs, calls)),
    registry: createRegistry(clientOf(world.ecr, calls)),
    ledger: new FakeEntries(target),
    now: () => world.clock.iso(),
  });
  return {
    mechanism,
    target,
    good,
    bad: good === '' ? '' : world.newest().targetServiceRevision!.arn!,
    writes: () => calls.filter((operation) => WRITES.has(operation)).length,
    finish: async () => {
      await world.ended();
    },
    deployGood: async () => {
      await world.pass(1);
      world.update({ taskDefinition: 'web:1', forceNewDeployment: true });
    },
    deployAnother: async () => {
      await world.pass(1);
      world.update({ taskDefinition: world.define(GOOD, 'v3') });
    },
  };
}

async function over(bad: typeof GOOD, then: (world: EcsWorld) => Promise<unknown>): Promise<Fixture> {
  const world = new EcsWorld();
  world.create(world.define(GOOD));
  const { targetServiceRevision } = await world.ended();
  await world.pass(600);
  world.update({ taskDefinition: world.define(bad, 'v2') });
  await then(world);
  return fixture(world, targetServiceRevision!.arn!);
}

mechanismContract('ecs, on the embedded AWS', {
  inFlight: () => over(SICK, (world) => world.pass(30)),
  completed: () => over({ ...GOOD, errorRate: 1 }, (world) => world.ended()),
  rollingBack: () =>
    over(SICK, async (world) => {
      const { serviceDeploymentArn } = world.newest();
      await world.pass(90);
      world.call('StopServiceDeployment', { serviceDeploymentArn, stopType: 'ROLLBACK' });
      await world.pass(5);
    }),
  first: async () => {
    const world = new EcsWorld();
    world.create(world.define(SICK));
    await world.pass(30);
    return fixture(world, '');
  },
  missing: () => fixture(new EcsWorld(), ''),
});

const OFF = { enabled: false };
const ON = { enabled: true, namespace: 'shop', services: [{ portName: 'http' }] };

it.each([
  ['added', OFF, ON],
  ['removed', ON, OFF],
])('the way back from a release that %s Service Connect restores it', async (_, before, after) => {
  const world = new EcsWorld();
  const define = (tag: string): string => {
    const { uri: image } = world.ecr.push('web', tag, GOOD);
    const portMappings = [{ name: 'http', containerPort: 80 }];
    const containerDefinitions = [{ name: 'web', image, portMappings }];
    const definition = { family: 'web', networkMode: 'awsvpc', containerDefinitions };
    return world.call('RegisterTaskDefinition', definition).taskDefinition!.taskDefinitionArn!;
  };
  const shown = (): ServiceConnectConfiguration => {
    const serviceRevisionArns = [world.newest().targetServiceRevision!.arn!];
    const { serviceRevisions } = world.call('DescribeServiceRevisions', { serviceRevisionArns });
    return serviceRevisions![0]!.serviceConnectConfiguration!;
  };
  world.create(define('v1'), { serviceConnectConfiguration: before });
  const { targetServiceRevision } = await world.ended();
  await world.pass(600);
  world.update({ taskDefinition: define('v2'), serviceConnectConfiguration: after });
  await world.ended();
  expect(shown()).toEqual(after);
  const { mechanism } = fixture(world, targetServiceRevision!.arn!);
  await started(mechanism, await stopped(mechanism, await planned(mechanism, target)));
  await world.ended();
  expect(shown()).toEqual(before);
});
