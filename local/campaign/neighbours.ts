import type { DescribeServicesResponse, RegisterTaskDefinitionResponse } from '@aws-sdk/client-ecs';
import { ACCOUNT } from '@lastgood/embedded-aws/world/aws.ts';
import { GOOD } from '../scenarios/ecs/task-definitions.ts';
import type { Stage } from '../scenarios/stage.ts';

const CLUSTER = 'workers';
const NAMESPACE = 'Shop/Workers';
const MINUTE_MS = 60_000;
/** Jobs that fail in a minute, of a bad release. The alarm turns at more than 30. */
const FAILED_JOBS = 100;
const LIMIT = 30;

/** The first of them, as the tag `lastgood:needs` names it. */
export const DEPENDENCY = `ecs:${CLUSTER}/worker-1`;
const LOOKS_EVERY_MS = 5_000;

/**
 * Other targets of the account: services of ECS without a load balancer, whose work users see much later. Each has a
 * metric of its own and an alarm that calls Lastgood. What happens to them is in the story's traffic only where the story's
 * target depends on the first of them.
 */
export class Neighbours {
  readonly #stage: Stage;
  readonly #names: readonly string[];
  readonly #second: string;
  #hurtsFrom = 0;
  #hurtsUntil = 0;

  constructor(stage: Stage, count: number) {
    this.#stage = stage;
    this.#names = Array.from({ length: count }, (_, index) => `worker-${index + 1}`);
    const push = (tag: string) => stage.world.ecr.push('workers', tag, GOOD).uri;
    const first = push('v1');
    this.#second = push('v2');
    stage.call('ecs', 'CreateCluster', { clusterName: CLUSTER });
    for (const name of this.#names) this.#open(name, first);
    stage.world.clock.every(MINUTE_MS, () => this.#measure());
  }

  /** Gives all of them the same bad release. Its jobs fail from the next minute on, until so many minutes are over. */
  suffer(minutes: number): void {
    this.#deployBad(this.#names, minutes);
  }

  /**
   * Gives the first of them the bad release. While tasks of it run, this share of the requests of the story's target fail, at
   * most for so many minutes.
   */
  failDependency(minutes: number, share: number): void {
    const { clock } = this.#stage.world;
    this.#deployBad(this.#names.slice(0, 1), minutes);
    let isOn = false;
    const timer = clock.every(LOOKS_EVERY_MS, () => {
      const isOver = clock.now() >= this.#hurtsUntil;
      const hurts = !isOver && this.#runsBad();
      if (hurts !== isOn) this.#stage.traffic.failAll(hurts ? share : 0);
      isOn = hurts;
      if (isOver) timer.cancel();
    });
  }

  #deployBad(names: readonly string[], minutes: number): void {
    this.#hurtsFrom = this.#stage.world.clock.now();
    this.#hurtsUntil = this.#hurtsFrom + minutes * MINUTE_MS;
    for (const service of names) {
      const taskDefinition = this.#register(service, this.#second);
      this.#stage.call('ecs', 'UpdateService', { cluster: CLUSTER, service, taskDefinition });
    }
  }

  #hurtsAt(now: number): boolean {
    return now - MINUTE_MS >= this.#hurtsFrom && now < this.#hurtsUntil;
  }

  #runsBad(): boolean {
    const { services = [] } = this.#stage.call<DescribeServicesResponse>('ecs', 'DescribeServices', {
      ...{ cluster: CLUSTER, services: this.#names.slice(0, 1) },
    });
    return (services[0]?.deployments ?? []).some(
      ({ taskDefinition = '', runningCount = 0 }) => isBad(taskDefinition) && runningCount > 0,
    );
  }

  #open(serviceName: string, image: string): void {
    const taskDefinition = this.#register(serviceName, image);
    this.#stage.call('ecs', 'CreateService', {
      ...{ cluster: CLUSTER, serviceName, taskDefinition, desiredCount: 1, launchType: 'FARGATE' },
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] },
      },
      tags: [
        { key: 'lastgood', value: 'auto' },
        { key: 'lastgood:soak', value: '1' },
      ],
    });
    this.#stage.call('cloudwatch', 'PutMetricAlarm', {
      ...{ AlarmName: `${serviceName}-failed`, Namespace: NAMESPACE, MetricName: 'FailedJobs' },
      ...{ Dimensions: dimensionsOf(serviceName), Statistic: 'Sum', Period: 60, Threshold: LIMIT },
      ...{ EvaluationPeriods: 1, DatapointsToAlarm: 1, ComparisonOperator: 'GreaterThanThreshold' },
      ...{ TreatMissingData: 'notBreaching' },
      Tags: [{ Key: 'lastgood:target', Value: `ecs:${CLUSTER}/${serviceName}` }],
    });
  }

  #register(family: string, image: string): string {
    const { taskDefinition } = this.#stage.call<RegisterTaskDefinitionResponse>(
      'ecs',
      'RegisterTaskDefinition',
      {
        ...{ family, networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' },
        taskRoleArn: `arn:aws:iam::${ACCOUNT}:role/shop`,
        executionRoleArn: 'shop-execution',
        containerDefinitions: [{ name: 'worker', image, essential: true }],
      },
    );
    return taskDefinition?.taskDefinitionArn ?? '';
  }

  /** Each worker says how many of its jobs failed in the minute before, all of which a bad release has run. */
  #measure(): void {
    const { clock } = this.#stage.world;
    const { services = [] } = this.#stage.call<DescribeServicesResponse>('ecs', 'DescribeServices', {
      ...{ cluster: CLUSTER, services: this.#names },
    });
    for (const { serviceName = '', taskDefinition = '' } of services) {
      const fails = isBad(taskDefinition) && this.#hurtsAt(clock.now());
      this.#stage.call('cloudwatch', 'PutMetricData', {
        Namespace: NAMESPACE,
        MetricData: [
          {
            ...{ MetricName: 'FailedJobs', Dimensions: dimensionsOf(serviceName) },
            ...{ Value: fails ? FAILED_JOBS : 0, Timestamp: new Date(clock.now() - MINUTE_MS) },
          },
        ],
      });
    }
  }
}

/** The first task definition of a family is the good one. */
function isBad(taskDefinition: string): boolean {
  return !taskDefinition.endsWith(':1');
}

function dimensionsOf(service: string): { Name: string; Value: string }[] {
  return [{ Name: 'Service', Value: service }];
}
