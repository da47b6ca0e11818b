import type { Known } from '../blockers.ts';
import type { Definitions } from '../definitions.ts';
import type { Ecs } from '../ecs.ts';
import type { Registry } from '../images.ts';
import type { TaskSets } from '../task-sets/task-sets.ts';
import type { Balancer } from '../traffic/balancer.ts';
import type { CodeDeploy } from './code-deploy.ts';

export interface Clients {
  readonly ecs: Ecs;
  readonly taskSets: TaskSets;
  readonly codeDeploy: CodeDeploy;
  readonly balancer: Balancer;
  readonly registry: Registry;
  readonly now: () => string;
}

/** The reads of a plan. */
export interface Reads extends Known, Pick<Clients, 'balancer'> {
  readonly definitions: Definitions;
}
