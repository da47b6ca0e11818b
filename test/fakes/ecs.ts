import type { Changes, Configuration } from '../../functions/mechanisms/ecs/configuration.ts';
import type {
  ContainerImage,
  DeploymentLine,
  DeploymentStatus,
  Ecs,
  RevisionTasks,
  Service,
  ServiceDeployment,
  ServiceRevision,
  TaskDefinition,
} from '../../functions/mechanisms/ecs/ecs.ts';
import { changesBetween, isEmpty, startsDeployment } from '../../functions/mechanisms/ecs/configuration.ts';
import type { Tags } from '../../src/rollback/plan.ts';

export const ARN = 'arn:aws:ecs:eu-west-1:111122223333';
const OVER: readonly DeploymentStatus[] = ['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'];

type Draft<T> = { -readonly [K in keyof T]: T[K] };

export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

/** One ECS service in memory: deployments begin, succeed, fail and roll back when a test says so. */
export class FakeEcs implements Ecs {
  /** Every writing call, in order. */
  readonly writes: string[] = [];
  /** Errors for the next call of each name, once. */
  readonly errors = new Map<keyof Ecs, Error>();
  /** What the next updates are refused with, once each. */
  readonly refusals: Error[] = [];
  service_: Draft<Service> | null;
  readonly lines: Draft<ServiceDeployment>[] = [];
  readonly known = new Map<string, ServiceRevision>();
  readonly inactive = new Set<string>();
  /** Settings of task definitions; by default each has its own. */
  readonly settings = new Map<string, string>();
  readonly taskTags = new Map<string, Tags>();
  /** Deployments started but not yet listed: ECS is eventually consistent. */
  lag = 0;
  /** Answers of UpdateService name the new deployment, unless ECS still shows the one before. */
  answersAtOnce = true;
  /** Requested count of each revision; null: the desired count. */
  requested: number | null = null;
  #tasks = new Map<string, number>();
  #time = Date.parse('2026-11-22T03:00:00.000Z');

  constructor(service: Partial<Service> = {}) {
    this.service_ = {
      arn: `${ARN}:service/prod/checkout`,
      status: 'ACTIVE',
      controller: 'ECS',
      desired: 4,
      running: 4,
      tags: { lastgood: 'auto' },
      undoingAlarms: [],
      alarms: [],
      currentDeployment: null,
      revisions: [],
      bakeSeconds: 0,
      ...{ taskSets: [], rollouts: [], messages: [], graceSeconds: 0, breaker: null, dividesTraffic: false },
      ...service,
    };
  }

  now = (): string => new Date(this.#time).toISOString();

  // Actions of a test.

  pass(seconds: number): void {
    this.#time += seconds * 1000;
  }

  /** Deploys, as an operator does. A deployment in flight is superseded. */
  deploy(
    taskDefinition: string,
    more: Partial<Configuration> = {},
    images: readonly ContainerImage[] = [],
  ): string {
    return this.#begin({ ...more, taskDefinition: `${ARN}:task-definition/${taskDefinition}` }, images);
  }

  /** Deploys and completes. Returns the revision. */
  deployed(...deploy: Parameters<FakeEcs['deploy']>): string {
    this.deploy(...deploy);
    this.succeed();
    return this.newest.revision;
  }

  get newest(): Draft<ServiceDeployment> {
    return this.lines[0]!;
  }

  succeed(): void {
    this.#run(this.newest.revision);
    this.#end('SUCCESSFUL');
  }

  /** Fails the deployment, without going back. */
  fail(reason = ''): void {
    this.newest.reason = reason;
    this.#end('STOPPED');
  }

  /** Trips the circuit breaker: ECS goes back natively. */
  trip(): void {
    this.rollBack();
    this.newest.endedByItself = true;
  }

  /** Stops the deployment, as an operator does: ECS goes back. */
  rollBack(to: string | null = this.newest.sources[0]?.revision ?? null): void {
    this.newest.status = 'ROLLBACK_IN_PROGRESS';
    this.newest.rollbackRevision = to;
    this.newest.rollbackStartedAt = this.now();
  }

  endRollback(status: 'ROLLBACK_SUCCESSFUL' | 'ROLLBACK_FAILED' = 'ROLLBACK_SUCCESSFUL'): void {
    const back = this.newest.rollbackRevision ?? this.newest.sources[0]?.revision ?? '';
    this.newest.rollbackRevision = back;
    if (status === 'ROLLBACK_SUCCESSFUL') this.#run(back);
    this.#end(status);
  }

  /** Sets the running tasks of a revision. */
  runs(revision: string, tasks: number): void {
    this.#tasks.set(revision, tasks);
  }

  // Answers of ECS.

  service(): Promise<Service | null> {
    return this.#answer('service', () => this.service_ && this.#described());
  }

  deployments(_name: unknown, createdAfter = ''): Promise<readonly DeploymentLine[]> {
    return this.#answer('deployments', () =>
      this.lines
        .slice(this.lag)
        .filter(({ createdAt }) => createdAt > createdAfter)
        .map(({ arn, status, reason, revision, createdAt, finishedAt }) => ({
          arn,
          status,
          reason,
          revision,
          createdAt,
          finishedAt,
        })),
    );
  }

  deployment(arn: string): Promise<ServiceDeployment | null> {
    return this.#answer(
      'deployment',
      () => structuredClone(this.lines.find((line) => line.arn === arn)) ?? null,
    );
  }

  describedDeployments(arns: readonly string[]): Promise<readonly ServiceDeployment[]> {
    return this.#answer('describedDeployments', () =>
      structuredClone(this.lines.filter(({ arn }) => arns.includes(arn))),
    );
  }

  revisions(arns: readonly string[]): Promise<readonly ServiceRevision[]> {
    return this.#answer('revisions', () => arns.flatMap((arn) => this.known.get(arn) ?? []));
  }

  taskDefinition(arn: string): Promise<TaskDefinition> {
    const name = arn.slice(arn.lastIndexOf('/') + 1);
    return this.#answer('taskDefinition', () => ({
      images: [],
      arn,
      active: !this.inactive.has(name),
      registeredAt: null,
      tags: this.taskTags.get(name) ?? {},
      settings: this.settings.get(name) ?? name,
      reads: [],
      traits: {},
    }));
  }

  stopDeployment(arn: string): Promise<void> {
    return this.#answer('stopDeployment', () => this.#requestRollback(arn, `stopDeployment ${arn}`));
  }

  rollBackAtHook(arn: string, hook: string): Promise<void> {
    return this.#answer('rollBackAtHook', () => {
      this.#requestRollback(arn, `rollBackAtHook ${arn} ${hook}`);
      this.newest.pausedAtHook = null;
    });
  }

  update(_name: unknown, changes: Changes, forced: boolean): Promise<Service> {
    return this.#answer('update', () => {
      const name = changes.taskDefinition?.slice(changes.taskDefinition.lastIndexOf('/') + 1) ?? '';
      if (this.inactive.has(name)) throw awsError('ClientException', 'TaskDefinition is inactive');
      this.writes.push(`update${forced ? ' forced' : ''} ${JSON.stringify(changes)}`);
      const refusal = this.refusals.shift();
      if (refusal !== undefined) throw refusal;
      const { configuration } = this.known.get(this.#current())!;
      const wanted = { ...configuration, ...changes };
      if (forced || (startsDeployment(changes) && !isEmpty(changesBetween(configuration, wanted))))
        this.#begin(wanted, []);
      return { ...this.#described(), ...(this.answersAtOnce && { currentDeployment: this.newest.arn }) };
    });
  }

  /** ECS continues what was requested before. */
  #requestRollback(arn: string, write: string): void {
    const line = this.lines.find((candidate) => candidate.arn === arn);
    if (line === undefined) throw awsError('ServiceDeploymentNotFoundException');
    if (OVER.includes(line.status)) throw awsError('ConflictException', 'the deployment is over');
    if (line.status !== 'PENDING' && line.status !== 'IN_PROGRESS') return;
    this.writes.push(write);
    line.status = 'ROLLBACK_REQUESTED';
  }

  #described(): Service {
    return { ...this.service_!, revisions: this.#counts() };
  }

  /** Returns the revision whose values the service has. UpdateService compares with them. */
  #current(): string {
    const { status, rollbackRevision, revision, sources } = this.newest;
    return status.startsWith('ROLLBACK') ? (rollbackRevision ?? sources[0]?.revision ?? revision) : revision;
  }

  #begin(configuration: Configuration, images: readonly ContainerImage[]): string {
    this.pass(60);
    const number = this.lines.length + 1;
    const revision = `${ARN}:service-revision/prod/checkout/${number}`;
    const targetGroups = (configuration.loadBalancers ?? []).flatMap(
      ({ targetGroupArn }) => targetGroupArn ?? [],
    );
    this.known.set(revision, {
      arn: revision,
      serviceArn: `${ARN}:service/prod/checkout`,
      createdAt: this.now(),
      configuration,
      images,
      targetGroups,
    });
    const [last] = this.lines;
    if (last !== undefined && !OVER.includes(last.status)) this.#end('STOPPED');
    const arn = `${ARN}:service-deployment/prod/checkout/d${number}`;
    this.lines.unshift({
      arn,
      status: 'IN_PROGRESS',
      reason: '',
      revision,
      createdAt: this.now(),
      finishedAt: null,
      sources: this.#counts(),
      rollbackRevision: null,
      rollbackStartedAt: null,
      pausedAtHook: null,
      endedByItself: false,
      takesAll: false,
    });
    this.#tasks.set(revision, 0);
    return arn;
  }

  #end(status: DeploymentStatus): void {
    this.pass(60);
    Object.assign(this.newest, { status, finishedAt: this.now() });
  }

  #run(revision: string): void {
    this.#tasks = new Map([[revision, this.service_?.desired ?? 0]]);
  }

  #counts(): readonly RevisionTasks[] {
    const desired = this.service_?.desired ?? 0;
    return [...this.#tasks].flatMap(([revision, running]) =>
      running === 0 ? [] : [{ revision, requested: this.requested ?? desired, running }],
    );
  }

  async #answer<T>(name: keyof Ecs, answer: () => T): Promise<T> {
    const error = this.errors.get(name);
    this.errors.delete(name);
    if (error !== undefined) throw error;
    return Promise.resolve(answer());
  }
}
