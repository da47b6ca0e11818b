import type { TaskSet } from '@aws-sdk/client-ecs';
import type { Balancer } from '../../../scenarios/ecs/balancer.ts';
import { createTaskSet, other, shift, taskSets } from '../../../scenarios/ecs/external-shop.ts';
import { register } from '../../../scenarios/ecs/task-definitions.ts';
import type { Stage } from '../../../scenarios/stage.ts';
import type { Shares } from '../../ground.ts';
import { Pipeline, type Run } from '../../pipeline.ts';
import type { Release } from '../../releases.ts';
import { SERVICE } from './service.ts';

/** How the tool moves the traffic. */
export interface Steps {
  /** Per cent of the traffic that the new task set has for some minutes before it has all. */
  readonly canaryPercent: number;
  /** Minutes after which the old task set is deleted; null: the next deployment deletes it. */
  readonly oldGoneMinutes: number | null;
}

const CANARY_SECONDS = 300;

/**
 * A tool outside AWS that deploys a service with task sets, blue/green or as a canary. It takes care: it goes on only
 * while the traffic is as it left it.
 */
export class ExternalTool {
  readonly #stage: Stage;
  readonly #balancer: Balancer;
  readonly #definitions: Map<string, string>;
  readonly #steps: Steps;
  readonly #pipeline: Pipeline;

  /** @param definitions ARNs of the task definitions by release. The tool adds to it. */
  constructor(stage: Stage, balancer: Balancer, definitions: Map<string, string>, steps: Steps) {
    this.#stage = stage;
    this.#balancer = balancer;
    this.#definitions = definitions;
    this.#steps = steps;
    this.#pipeline = new Pipeline(stage.world.clock);
  }

  /** Deploys a release: to its task set if that still runs, or else to a new one. */
  deploy(release: Release): void {
    const run = this.#pipeline.begin();
    const definition = this.#definitionOf(release);
    const there = taskSets(this.#stage).findLast(
      ({ taskDefinition, status }) => taskDefinition === definition && status !== 'DRAINING',
    );
    if (there?.taskSetArn !== undefined) {
      this.#finish(run, there.taskSetArn);
      return;
    }
    const group = this.#freeGroup();
    const created = createTaskSet(this.#stage, definition, group);
    run.when(
      () => this.#find(created)?.stabilityStatus === 'STEADY_STATE',
      () => this.#begin(run, created, group),
    );
  }

  /** Gives all traffic back to the primary task set and deletes the others. */
  abort(): void {
    this.#pipeline.stop();
    this.#clear(null);
  }

  /** Returns the weight of each release's target group. */
  shares(): Shares {
    const weightOf = (set: TaskSet) => Math.max(0, ...this.#stage.world.elb.weights(groupOf(set)));
    const running = taskSets(this.#stage).filter(({ status }) => status !== 'DRAINING');
    return Object.fromEntries(
      [...this.#definitions].map(([name, definition]) => [
        name,
        running
          .filter(({ taskDefinition }) => taskDefinition === definition)
          .reduce((most, set) => Math.max(most, weightOf(set)), 0),
      ]),
    );
  }

  #begin(run: Run, set: string, group: string): void {
    const { canaryPercent } = this.#steps;
    if (canaryPercent === 100) {
      this.#finish(run, set);
      return;
    }
    shift(this.#stage, this.#balancer, group, { share: canaryPercent });
    run.after(CANARY_SECONDS, () => {
      const weights = this.#stage.world.elb.weights(group);
      if (weights.every((weight) => weight === canaryPercent)) this.#finish(run, set);
    });
  }

  #finish(run: Run, set: string): void {
    const stage = this.#stage;
    shift(stage, this.#balancer, groupOf(this.#find(set)));
    stage.call('ecs', 'UpdateServicePrimaryTaskSet', { ...SERVICE, primaryTaskSet: set });
    const { oldGoneMinutes } = this.#steps;
    if (oldGoneMinutes === null) return;
    run.after(oldGoneMinutes * 60, () => {
      if (this.#find(set)?.status === 'PRIMARY') this.#clear(null);
    });
  }

  /** Makes the target group free that the primary task set does not use. */
  #freeGroup(): string {
    const primary = taskSets(this.#stage).find(({ status }) => status === 'PRIMARY');
    const group = other(this.#balancer, groupOf(primary));
    this.#clear(group);
    return group;
  }

  /** Gives all traffic to the primary task set, and deletes the others behind a target group, or behind any. */
  #clear(behind: string | null): void {
    const sets = taskSets(this.#stage);
    const primary = sets.find(({ status }) => status === 'PRIMARY');
    const others = sets.filter(
      (set) => set.status === 'ACTIVE' && (behind === null || groupOf(set) === behind),
    );
    if (primary === undefined || others.length === 0) return;
    shift(this.#stage, this.#balancer, groupOf(primary));
    for (const { taskSetArn } of others)
      this.#stage.call('ecs', 'DeleteTaskSet', { ...SERVICE, taskSet: taskSetArn, force: true });
  }

  #find(arn: string): TaskSet | undefined {
    return taskSets(this.#stage).find(({ taskSetArn }) => taskSetArn === arn);
  }

  #definitionOf({ name, behaviour }: Release): string {
    const known = this.#definitions.get(name) ?? register(this.#stage, name, behaviour);
    this.#definitions.set(name, known);
    return known;
  }
}

function groupOf(set: TaskSet | undefined): string {
  return set?.loadBalancers?.[0]?.targetGroupArn ?? '';
}
