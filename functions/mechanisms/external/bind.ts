import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { createTagsReader } from '../../../src/aws/resource-tags.ts';
import { tablesOf } from '../../../src/aws/tables.ts';
import { createEmitter } from '../../../src/events/emit.ts';
import { bindMechanism } from '../../../src/lambda/bind-mechanism.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import { createHandovers, createReports } from '../../../src/ledger/dynamodb.ts';
import { createMechanism } from './mechanism.ts';
import { readinessWith } from './ready/ready.ts';
import { createReceivers } from './ready/receivers.ts';
import { registrationsWith } from './registration.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { setting } = surroundings;
  const tables = tablesOf(surroundings);
  return bindMechanism(surroundings, ({ connect, ledger, now }) => {
    const events = connect(EventBridgeClient);
    const registration = registrationsWith(
      createTagsReader(connect(ResourceGroupsTaggingAPIClient)),
      setting('REGISTRATIONS'),
    );
    const mechanism = createMechanism({
      registration,
      reports: createReports(tables, setting('LEDGER_TABLE')),
      handovers: createHandovers(tables, setting('CLAIMS_TABLE')),
      emitter: createEmitter(events, setting('BUS_ARN')),
      ...{ ledger, now },
    });
    const receivers = createReceivers(events, setting('BUS_ARN'), `${setting('OWN_NAME')}-`);
    return { ...mechanism, readiness: readinessWith({ registration, receivers, bus: setting('BUS_ARN') }) };
  });
}
