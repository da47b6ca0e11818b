import type { Claimed } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import { codeDeploy } from './code-deploy/controller.ts';
import type { Clients as CodeDeployClients } from './code-deploy/clients.ts';
import type { ControllerName, Service } from './ecs.ts';
import { external } from './external/controller.ts';
import type { Clients as ExternalClients } from './external/clients.ts';
import { native, type Clients as NativeClients } from './native.ts';
import type { Tasks } from './tasks/tasks.ts';

/** How services under one deployment controller go back. The verbs are those of a mechanism. */
export interface Controller extends Omit<Mechanism, 'plan' | 'traits'> {
  plan(rollback: Claimed, service: Service): Promise<Plan>;
}

export interface Clients extends NativeClients, ExternalClients, CodeDeployClients {
  readonly ecs: NativeClients['ecs'];
  readonly tasks: Tasks;
}

/**
 * By what DescribeServices calls the controller.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentController.html
 */
export function controllersOf(clients: Clients): Readonly<Record<ControllerName, Controller>> {
  return { ECS: native(clients), CODE_DEPLOY: codeDeploy(clients), EXTERNAL: external(clients) };
}
