import { ApiGatewayWorld } from '@lastgood/embedded-aws/test/world/apigateway-world.ts';
import { createMechanism } from '../../../../functions/mechanisms/apigateway/mechanism.ts';
import type { Gateway } from '../../../../functions/mechanisms/apigateway/gateway.ts';
import type { Memo } from '../../../../functions/mechanisms/apigateway/memo.ts';
import type { Clients } from '../../../../functions/mechanisms/apigateway/plan.ts';
import { createGateway } from '../../../../functions/mechanisms/apigateway/sdk.ts';
import { readApiNames } from '../../../../src/aws/rest-apis.ts';
import type { Sided } from '../../../../src/lookout/sided.ts';
import type { Mechanism } from '../../../../src/rollback/mechanism.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import type { Request } from '../../../../src/rollback/request.ts';
import { wanted } from '../../../contract/walk.ts';
import { apiGatewayClient } from '../../../fakes/api-gateway-client.ts';
import { FakeEntries } from '../../../fakes/ledger.ts';

/** Puts the mechanism between API Gateway and a ledger that a test can fill. What the stage has at first is proven. */
export interface Stage {
  readonly world: ApiGatewayWorld;
  readonly target: string;
  readonly ledger: FakeEntries;
  /** Calls to API Gateway, in order. */
  readonly calls: string[];
  /** Those that API Gateway accepted. */
  readonly accepted: readonly string[];
  readonly clients: Clients;
  readonly gateway: Gateway;
  readonly mechanism: Mechanism<Memo> & Sided;
  readonly plan: (request?: Partial<Request>) => Promise<Plan>;
}

/** Returns a side of the world's stage: its deployment with the variables that it begins with. */
export function sideOf(deployment: string, backend = 'v1'): string {
  return `${deployment}?backend=${backend}`;
}

export function stage(): Stage {
  const world = new ApiGatewayWorld();
  const target = `apigateway:${world.api}/prod`;
  const ledger = new FakeEntries(target);
  const [calls, accepted]: [string[], string[]] = [[], []];
  const client = apiGatewayClient(world.apigateway, calls, accepted);
  const gateway = createGateway(client);
  const clients = { gateway, names: () => readApiNames(client), ledger, now: () => world.clock.iso() };
  const mechanism = createMechanism(clients);
  ledger.prove(sideOf(world.first));
  return {
    ...{ world, target, ledger, calls, accepted, clients, gateway, mechanism },
    plan: (request) => mechanism.plan(wanted(target, request)),
  };
}
