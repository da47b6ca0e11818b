import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CRASHING, EcsWorld, GOOD } from './ecs-world.ts';

const CORPUS = new URL('../../../../shared/corpus/', import.meta.url);
const present = existsSync(CORPUS);
if (!present) console.warn('ECS shapes: no recorded responses at ../shared/corpus, nothing to compare with');

type Shape = Readonly<Record<string, unknown>>;

/** Returns the values at a path in every recorded document; `[]` means the first item of a list. */
function recorded(folder: string, name: RegExp, ...paths: string[]): readonly Shape[] {
  const files = readdirSync(new URL(`${folder}/`, CORPUS)).filter((file) => name.test(file));
  return files.flatMap((file) => {
    const read = JSON.parse(readFileSync(new URL(`${folder}/${file}`, CORPUS), 'utf8')) as Shape;
    const document = (read['output'] ?? read) as Shape;
    return paths.map((path) => at(document, path)).filter((one) => one !== undefined);
  });
}

function at(document: unknown, path: string): Shape | undefined {
  const found = path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
  return found as Shape | undefined;
}

/** Times are Dates here, and numbers or strings on the wire. */
function kind(key: string, value: unknown): string {
  if (value instanceof Date || /At$/.test(key)) return 'time';
  if (Array.isArray(value)) return 'list';
  return typeof value;
}

/** Expects every key that all recordings have, and the recorded kinds of values. */
function expectLike(ours: object | undefined, recordings: readonly Shape[]): void {
  expect(recordings.length).toBeGreaterThan(0);
  const always = Object.keys(recordings[0]!).filter((key) => recordings.every((one) => key in one));
  expect(Object.keys(ours!)).toEqual(expect.arrayContaining(always));
  for (const [key, value] of Object.entries(ours!)) {
    const kinds = new Set(recordings.filter((one) => key in one).map((one) => kind(key, one[key])));
    if (kinds.size > 0) expect([key, [...kinds]]).toEqual([key, expect.arrayContaining([kind(key, value)])]);
  }
}

/** Runs a service in the middle of a second deployment, with a crashed task. */
async function busy(): Promise<EcsWorld> {
  const world = new EcsWorld();
  world.create(world.define(GOOD));
  await world.ended();
  world.update({ taskDefinition: world.define(CRASHING, 'v2') });
  await world.until(() => world.events.some(({ detail }) => detail['lastStatus'] === 'STOPPED'));
  return world;
}

function first(
  world: EcsWorld,
  operation: Parameters<EcsWorld['call']>[0],
  input: object,
  path: string,
): Shape {
  return at(world.call(operation, { cluster: 'prod', ...input }), path)!;
}

describe.runIf(present)('answers have the shape of recorded ones', () => {
  it('services and their deployments', async () => {
    const service = (await busy()).service();
    expectLike(service, recorded('api-ecs', /describeservices|updateservice/i, 'services.0', 'service'));
    expectLike(
      service.deployments![0],
      recorded(
        'api-ecs',
        /ecs_describeservices|ecs_updateservice/,
        'services.0.deployments.0',
        'service.deployments.0',
      ).filter((one) => 'taskDefinition' in one),
    );
    expectLike(
      service.events![0],
      recorded(
        'api-ecs',
        /ecs_describeservices|ecs_updateservice/,
        'services.0.events.0',
        'service.events.0',
      ),
    );
  });

  it('service deployments', async () => {
    const world = await busy();
    const described = recorded('api-ecs', /describe_service_deployments/, 'serviceDeployments.0');
    const done = world.deployments()[1]!;
    expectLike(done, described);
    for (const part of [
      'targetServiceRevision',
      'deploymentCircuitBreaker',
      'alarms',
      'deploymentConfiguration',
    ]) {
      expectLike(
        at(done, part),
        described.map((one) => at(one, part)!),
      );
    }
    const input = { service: 'web', status: ['SUCCESSFUL'] };
    expectLike(
      first(world, 'ListServiceDeployments', input, 'serviceDeployments.0'),
      recorded('api-ecs', /list_service_deployments/, 'serviceDeployments.0'),
    );
  });

  it('service revisions', async () => {
    const world = await busy();
    const serviceRevisionArns = [world.newest().targetServiceRevision!.arn];
    const ours = first(world, 'DescribeServiceRevisions', { serviceRevisionArns }, 'serviceRevisions.0');
    const theirs = recorded('api-ecs', /servicerevisions/, 'serviceRevisions.0');
    // The recorded one was created with a capacity provider strategy, the simulated one with a launch type.
    expectLike({ capacityProviderStrategy: [], ...ours }, theirs);
    expectLike(
      at(ours, 'containerImages.0'),
      theirs.map((one) => at(one, 'containerImages.0')!),
    );
  });

  it('tasks and their containers', async () => {
    const world = await busy();
    const { taskArns } = world.call('ListTasks', { cluster: 'prod' });
    const theirs = recorded('api-ecs', /describe_tasks|describetasks/, 'tasks.0').filter(
      (one) => !('containerInstanceArn' in one),
    );
    const ours = first(world, 'DescribeTasks', { tasks: taskArns }, 'tasks.0');
    expectLike(ours, theirs);
    expectLike(
      at(ours, 'containers.0'),
      recorded('api-ecs', /ecs_describe_?tasks|awscli__ecs_describe_tasks/, 'tasks.0.containers.0').map(
        ({ memory: _memory, ...one }) => one,
      ),
    );
  });

  it('task definitions and clusters', async () => {
    const world = await busy();
    const definition = first(world, 'DescribeTaskDefinition', { taskDefinition: 'web:1' }, 'taskDefinition');
    expectLike(definition, recorded('api-ecs', /describetaskdefinition/, 'taskDefinition'));
    expectLike(
      first(world, 'DescribeClusters', { clusters: ['prod'] }, 'clusters.0'),
      recorded('api-ecs', /describeclusters/, 'clusters.0'),
    );
  });

  it('events', async () => {
    const world = await busy();
    const ours = (type: string) => world.events.findLast((event) => event['detail-type'] === type)?.detail;
    expectLike(ours('ECS Deployment State Change'), recorded('ecs-events', /^ecs_deployment_/, 'detail'));
    expectLike(
      ours('ECS Service Action'),
      recorded('ecs-events', /^ecs_service_action__service_steady/, 'detail'),
    );
    expectLike(
      ours('ECS Task State Change'),
      recorded('ecs-events', /^ecs_task_state_change__stopped/, 'detail'),
    );
  });
});
