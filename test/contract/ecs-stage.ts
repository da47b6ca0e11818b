import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { createMechanism } from '../../functions/mechanisms/ecs/mechanism.ts';
import { createCodeDeploy } from '../../functions/mechanisms/ecs/code-deploy/sdk.ts';
import { createRegistry } from '../../functions/mechanisms/ecs/ecr.ts';
import { createEcs } from '../../functions/mechanisms/ecs/sdk.ts';
import { createTaskSets } from '../../functions/mechanisms/ecs/task-sets/sdk.ts';
import { createStages } from '../../functions/mechanisms/ecs/native/stages.ts';
import { createTasks } from '../../functions/mechanisms/ecs/tasks/sdk.ts';
import { createBalancer } from '../../functions/mechanisms/ecs/traffic/sdk.ts';
import { createReadTestListener } from '../../functions/mechanisms/ecs/traffic/test-listener.ts';
import type { Stage } from '../../local/scenarios/stage.ts';
import { AwsError, type AwsService } from '@lastgood/embedded-aws/world/service.ts';
import { createWorld } from '@lastgood/embedded-aws/world/world.ts';
import { FakeEntries } from '../fakes/ledger.ts';

const MINUTE = 60_000;

/** Opens the part of a stage that the scenarios' shops need: the world and its clock, without Lastgood. */
export function openWorld(): Stage {
  const world = createWorld({ seed: 1, start: '2026-11-22T02:00:00.000Z' });
  const { clock, ecs, elb, codedeploy, cloudwatch } = world;
  const services: Readonly<Record<string, AwsService>> = { ecs, elb, codedeploy, cloudwatch };
  const minutes = (count: number) => clock.run(() => false, clock.now() + count * MINUTE);
  const call = (service: string, operation: string, input: object) =>
    services[service]!.operations[operation]!.run(input as never, { role: 'operator' });
  const until = async (what: string, isSo: () => boolean) => {
    await clock.run(isSo, clock.now() + 120 * MINUTE);
    if (!isSo()) throw new Error(`${what}: never`);
  };
  return {
    world,
    call,
    minutes,
    until,
    journal: { note: () => undefined, release: () => undefined },
  } as unknown as Stage;
}

/** The calls of a mechanism. */
interface Calls {
  readonly calls: { readonly service: AwsService; readonly operation: string }[];
  /** Names of those that were not refused. */
  readonly accepted: string[];
}

/**
 * Returns a client that calls the embedded AWS without the wire. After a stop it waits the seconds that CodeDeploy
 * takes, because CodeDeploy does not show a pending stop.
 */
function clientOf(stage: Stage, service: AwsService, { calls, accepted }: Calls) {
  const send = async (command: { readonly input: unknown }) => {
    const operation = command.constructor.name.replace('Command', '');
    calls.push({ service, operation });
    try {
      const answer = service.operations[operation]!.run(command.input as never, { role: 'operator' });
      accepted.push(operation);
      if (operation === 'StopDeployment') await stage.minutes(0.2);
      return answer;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw Object.assign(new Error(error.message), { name: error.code });
    }
  };
  return { send };
}

/** Creates the mechanism on that world, and the lists of its calls. Without `now` its clock does not move. */
export function mechanismOn(stage: Stage, target: string, now?: () => string) {
  const { ecs, ecr, elb, codedeploy, clock } = stage.world;
  const calls: Calls = { calls: [], accepted: [] };
  const at = clock.iso();
  const ledger = new FakeEntries(target);
  const mechanism = createMechanism({
    ecs: createEcs(Object.assign(new ECSClient(), clientOf(stage, ecs, calls))),
    taskSets: createTaskSets(Object.assign(new ECSClient(), clientOf(stage, ecs, calls))),
    tasks: createTasks(Object.assign(new ECSClient(), clientOf(stage, ecs, calls))),
    balancer: createBalancer(Object.assign(new ElasticLoadBalancingV2Client(), clientOf(stage, elb, calls))),
    codeDeploy: createCodeDeploy(Object.assign(new CodeDeployClient(), clientOf(stage, codedeploy, calls))),
    stages: createStages(Object.assign(new ECSClient(), clientOf(stage, ecs, calls))),
    testListener: createReadTestListener(
      Object.assign(new ElasticLoadBalancingV2Client(), clientOf(stage, elb, calls)),
    ),
    registry: createRegistry(Object.assign(new ECRClient(), clientOf(stage, ecr, calls))),
    ledger,
    now: now ?? (() => at),
  });
  return { mechanism, ledger, ...calls };
}
