import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { kept } from '../../../src/aws/kept.ts';
import { readApiNames } from '../../../src/aws/rest-apis.ts';
import { bindMechanism } from '../../../src/lambda/bind-mechanism.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import { createLastSight } from '../../../src/ledger/last-sight.ts';
import { idOf, sightIn } from '../../../src/ledger/rounds.ts';
import { kind, stageOf, type StageName } from '../../../src/targets/kinds/apigateway/target.ts';
import { createMechanism } from './mechanism.ts';
import { readinessWith } from './ready/ready.ts';
import { createGateway } from './sdk.ts';
import { unitOf } from './unit.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  return bindMechanism(surroundings, ({ connect, ledger, rounds, now }) => {
    const client = connect(APIGatewayClient);
    const gateway = createGateway(client);
    const names = kept(() => readApiNames(client), now);
    const lastSight = createLastSight(rounds, kind.name, (round, target) =>
      sightIn(round, idOf(unitOf(stageOf(target).api))),
    );
    const mechanism = createMechanism({ gateway, names, ledger, lastSight, now });
    const stageArn = ({ api, stage }: StageName) =>
      `${surroundings.setting('APIS_ARN')}/${api}/stages/${stage}`;
    return { ...mechanism, readiness: readinessWith({ gateway, names, ledger, stageArn }) };
  });
}
