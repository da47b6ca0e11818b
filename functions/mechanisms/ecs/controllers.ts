import { codeDeploy } from './code-deploy/controller.ts';
import type { Clients as CodeDeployClients } from './code-deploy/clients.ts';
import type { Controller } from './controller.ts';
import type { ControllerName } from './ecs.ts';
import { external } from './external/controller.ts';
import type { Clients as ExternalClients } from './external/clients.ts';
import { native, type Clients as NativeClients } from './native/controller.ts';
import type { Tasks } from './tasks/tasks.ts';

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
