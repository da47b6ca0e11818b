import type * as sdk from '@aws-sdk/client-ecs';
import type { CreateServiceCommandInput, Service, ServiceDeployment } from '@aws-sdk/client-ecs';
import type { AwsEvent, Surroundings } from '../../world/aws.ts';
import { Clock } from '../../world/clock.ts';
import { createLogs } from '../../world/logs.ts';
import { createEcr } from '../../world/ecr.ts';
import { createEcs, type Ecs } from '../../world/ecs/ecs.ts';
import { Random } from '../../world/random.ts';
import type { Behaviour, TargetGroups, TargetId, TargetState } from '../../world/seams.ts';

export const GOOD: Behaviour = { startSeconds: 20, health: 'passes', errorRate: 0, latency: 0.05 };
export const SICK: Behaviour = { ...GOOD, health: 'fails' };
export const CRASHING: Behaviour = { ...GOOD, exitsAfterSeconds: 3, exitCode: 1 };

export const BLUE = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/blue/1';
export const GREEN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/green/2';
export const RULE = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/web/1/2/3';
export const TEST_RULE = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/web/1/2/4';

type Weights = readonly { readonly targetGroupArn: string; readonly weight: number }[];

/** The outputs of the operations, as the SDK types them. */
interface Outputs {
  CreateCluster: sdk.CreateClusterCommandOutput;
  DescribeClusters: sdk.DescribeClustersCommandOutput;
  ListClusters: sdk.ListClustersCommandOutput;
  RegisterTaskDefinition: sdk.RegisterTaskDefinitionCommandOutput;
  DescribeTaskDefinition: sdk.DescribeTaskDefinitionCommandOutput;
  DeregisterTaskDefinition: sdk.DeregisterTaskDefinitionCommandOutput;
  ListTaskDefinitions: sdk.ListTaskDefinitionsCommandOutput;
  CreateService: sdk.CreateServiceCommandOutput;
  UpdateService: sdk.UpdateServiceCommandOutput;
  DeleteService: sdk.DeleteServiceCommandOutput;
  DescribeServices: sdk.DescribeServicesCommandOutput;
  ListServices: sdk.ListServicesCommandOutput;
  DescribeServiceDeployments: sdk.DescribeServiceDeploymentsCommandOutput;
  ListServiceDeployments: sdk.ListServiceDeploymentsCommandOutput;
  DescribeServiceRevisions: sdk.DescribeServiceRevisionsCommandOutput;
  StopServiceDeployment: sdk.StopServiceDeploymentCommandOutput;
  ContinueServiceDeployment: sdk.ContinueServiceDeploymentCommandOutput;
  ListTasks: sdk.ListTasksCommandOutput;
  DescribeTasks: sdk.DescribeTasksCommandOutput;
  TagResource: sdk.TagResourceCommandOutput;
  UntagResource: sdk.UntagResourceCommandOutput;
  ListTagsForResource: sdk.ListTagsForResourceCommandOutput;
}

/** Target groups that check twice, ten seconds apart, and drain for 30 seconds. */
class SimpleTargetGroups implements TargetGroups {
  readonly rules = new Map<string, Weights>();
  readonly #registered = new Map<string, { readonly since: number; leaves?: number }>();
  readonly #clock: Clock;
  readonly #ecs: () => Ecs;

  constructor(clock: Clock, ecs: () => Ecs) {
    this.#clock = clock;
    this.#ecs = ecs;
  }

  register(group: string, target: TargetId): void {
    this.#registered.set(key(group, target), { since: this.#clock.now() });
  }

  deregister(group: string, target: TargetId): void {
    const entry = this.#registered.get(key(group, target));
    if (entry) entry.leaves ??= this.#clock.now() + 30_000;
  }

  state(group: string, target: TargetId): TargetState | null {
    const entry = this.#registered.get(key(group, target));
    if (entry === undefined) return null;
    if (entry.leaves !== undefined) return this.#clock.now() >= entry.leaves ? null : 'draining';
    if (this.#clock.now() < entry.since + 20_000) return 'initial';
    return this.#ecs().answers(target)?.health === 'passes' ? 'healthy' : 'unhealthy';
  }

  /** Registrations change with time alone, so nothing is cached. */
  readonly changes = { remembering: <Key, Value>(work: (key: Key) => Value) => work };

  deregistrationDelay(): number {
    return 30;
  }

  pointRule(rule: string, weights: Weights): void {
    this.rules.set(rule, weights);
  }

  weights(group: string): readonly number[] {
    return [...this.rules.values()].flatMap((weights) =>
      weights.filter(({ targetGroupArn }) => targetGroupArn === group).map(({ weight }) => weight),
    );
  }
}

function key(group: string, { id, port }: TargetId): string {
  return `${group} ${id}:${port}`;
}

/** ECS and ECR with simple neighbours, on a virtual clock that only tests move. */
export class EcsWorld {
  readonly clock = new Clock('2026-11-22T10:00:00Z');
  readonly events: (AwsEvent & { readonly at: string })[] = [];
  readonly alarms = new Map<string, 'OK' | 'ALARM'>();
  readonly targetGroups: SimpleTargetGroups;
  readonly ecr;
  readonly ecs: Ecs;

  constructor(seed = 1) {
    const surroundings: Surroundings = {
      clock: this.clock,
      random: (name) => new Random(seed, name),
      emit: (event) => void this.events.push({ ...event, at: this.clock.iso() }),
    };
    this.ecr = createEcr(surroundings);
    this.targetGroups = new SimpleTargetGroups(this.clock, () => this.ecs);
    const alarms = { alarmState: (name: string) => this.alarms.get(name) ?? null };
    const logs = createLogs(surroundings);
    this.ecs = createEcs(surroundings, { images: this.ecr, targetGroups: this.targetGroups, alarms, logs });
    this.call('CreateCluster', { clusterName: 'prod' });
  }

  call<Name extends keyof Outputs>(operation: Name, input: object): Outputs[Name] {
    const found = this.ecs.operations[operation];
    if (found === undefined) throw new Error(`no such operation: ${operation}`);
    return found.run(input as never, { role: 'operator' }) as Outputs[Name];
  }

  /** Pushes an image, if any, and registers a task definition with it. */
  define(behaviour: Behaviour | null, tag = 'v1'): string {
    const uri = behaviour
      ? this.ecr.push('web', tag, behaviour).uri
      : `111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:${tag}-missing`;
    const { taskDefinition } = this.call('RegisterTaskDefinition', {
      family: 'web',
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      containerDefinitions: [
        { name: 'web', image: uri, essential: true, portMappings: [{ containerPort: 80 }] },
      ],
    });
    return taskDefinition!.taskDefinitionArn!;
  }

  create(taskDefinition: string, input: Partial<CreateServiceCommandInput> = {}): Service {
    const loadBalancers = [{ targetGroupArn: BLUE, containerName: 'web', containerPort: 80 }];
    return this.call('CreateService', {
      cluster: 'prod',
      serviceName: 'web',
      desiredCount: 2,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
      loadBalancers,
      taskDefinition,
      ...input,
    }).service!;
  }

  update(input: object): Service {
    return this.call('UpdateService', { cluster: 'prod', service: 'web', ...input }).service!;
  }

  service(): Service {
    const input = { cluster: 'prod', services: ['web'], include: ['TAGS'] };
    return this.call('DescribeServices', input).services![0]!;
  }

  /** Returns the service deployments, newest first. */
  deployments(): ServiceDeployment[] {
    const input = { cluster: 'prod', service: 'web' };
    const { serviceDeployments } = this.call('ListServiceDeployments', input);
    const serviceDeploymentArns = serviceDeployments!.map(
      ({ serviceDeploymentArn }) => serviceDeploymentArn!,
    );
    return this.call('DescribeServiceDeployments', {
      serviceDeploymentArns,
    }).serviceDeployments!;
  }

  newest(): ServiceDeployment {
    return this.deployments()[0]!;
  }

  async pass(seconds: number): Promise<void> {
    const until = this.clock.now() + seconds * 1000;
    this.clock.at(until, () => undefined);
    await this.clock.run(() => this.clock.now() >= until);
  }

  /** Runs until the condition holds, for at most a day; throws otherwise. */
  async until(isSo: () => boolean): Promise<void> {
    const latest = this.clock.now() + 86_400_000;
    await this.clock.run(isSo, latest);
    if (!isSo()) throw new Error('it never came to that');
  }

  async ended(): Promise<ServiceDeployment> {
    const over = ['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'];
    await this.until(() => over.includes(this.newest().status!));
    return this.newest();
  }

  /** Returns the names and reasons of the deployment events. */
  deploymentEvents(): readonly [string, string][] {
    return this.events
      .filter((event) => event['detail-type'] === 'ECS Deployment State Change')
      .map(({ detail }) => [detail['eventName'] as string, detail['reason'] as string]);
  }
}
