import type { Ledger } from '../../../src/ledger/ledger.ts';
import { codeDeploy } from './code-deploy/controller.ts';
import type { Clients as CodeDeployClients } from './code-deploy/clients.ts';
import type { Memo as CodeDeployMemo } from './code-deploy/memo.ts';
import type { Controller } from './controller.ts';
import { external } from './external/controller.ts';
import type { Clients as ExternalClients } from './external/clients.ts';
import type { Memo as ExternalMemo } from './external/memo.ts';
import { native, type Clients as NativeClients } from './native/controller.ts';
import type { Memo as NativeMemo } from './native/memo.ts';
import type { Stages } from './native/stages.ts';
import type { Tasks } from './tasks/tasks.ts';
import type { ReadTestListener } from './traffic/test-listener.ts';

export interface Clients extends NativeClients, ExternalClients, CodeDeployClients {
  readonly ecs: NativeClients['ecs'];
  readonly balancer: ExternalClients['balancer'];
  readonly tasks: Tasks;
  readonly stages: Stages;
  readonly testListener: ReadTestListener;
  readonly ledger: Pick<Ledger, 'entries'>;
}

/**
 * The controllers, by their names in DescribeServices.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentController.html
 */
export interface Controllers {
  readonly ECS: Controller<NativeMemo>;
  readonly CODE_DEPLOY: Controller<CodeDeployMemo>;
  readonly EXTERNAL: Controller<ExternalMemo>;
}

export function controllersOf(clients: Clients): Controllers {
  return { ECS: native(clients), CODE_DEPLOY: codeDeploy(clients), EXTERNAL: external(clients) };
}
