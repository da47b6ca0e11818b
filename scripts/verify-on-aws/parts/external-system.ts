import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Clients } from '../clients.ts';
import { attribute, ref, text } from '../cloudformation.ts';
import { alarm } from '../prices.ts';
import { FOR_LASTGOOD, THROW_AWAY } from '../tags.ts';
import { ALIAS, aliasedFunction, pointAt, publishBad } from './aliased-function.ts';
import type { Outputs, Part } from './part.ts';
import { receiver } from './receiver.ts';

/** The system that owns the target, and the source of its events: this program plays it. */
const SYSTEM = 'lastgood-verify';

/** Of an event that shows how EventBridge fills in a text. */
export const PROBE = { Source: SYSTEM, DetailType: 'Verify-on-AWS Probe' };

const TARGET = `external:${SYSTEM}/`;

/** The fields of `Rollback Wanted` that a receiver needs (docs/external/README.md). */
interface Wanted {
  readonly rollback: string;
  readonly to: string | null;
}

export const externalSystem: Part = {
  name: 'external-system',
  shows: 'a function that another system deploys: the program plays it, and goes back when Lastgood asks',
  shares: [],
  resources: {
    // Without Lastgood's tags: the registration alone consents.
    ...aliasedFunction('External', { target: text(`${TARGET}\${AWS::StackName}`), tags: THROW_AWAY }),
    ExternalRegistration: {
      Type: 'AWS::SSM::Parameter',
      Properties: {
        Name: text(`/lastgood/external/${SYSTEM}/\${AWS::StackName}`),
        ...{ Type: 'String', Value: 'registered by lastgood verify-on-aws' },
        Tags: { ...FOR_LASTGOOD, 'lastgood:source': SYSTEM },
      },
    },
    ...receiver('ExternalQueue', {
      ExternalWanted: {
        bus: text('lastgood-${Stage}'),
        pattern: {
          source: ['lastgood'],
          'detail-type': ['Rollback Wanted'],
          detail: { system: [SYSTEM], name: [ref('AWS::StackName')] },
        },
      },
      ExternalProbe: {
        pattern: {
          source: [PROBE.Source],
          'detail-type': [PROBE.DetailType],
          detail: { stack: [ref('AWS::StackName')] },
        },
        transformer: {
          InputPathsMap: { stack: '$.detail.stack', nothing: '$.detail.nothing' },
          InputTemplate: '{"stack": "<stack>", "nothing": "<nothing>"}',
        },
      },
    }),
  },
  outputs: {
    ...{ External: ref('External'), ExternalVersion: attribute('ExternalVersion', 'Version') },
    ...{ ExternalAlarm: ref('ExternalAlarm'), ExternalQueue: ref('ExternalQueue') },
    ...{ ExternalRegistration: ref('ExternalRegistration'), ExternalName: ref('AWS::StackName') },
    ExternalBus: text('lastgood-${Stage}'),
  },
  alarm: 'ExternalAlarm',
  priced: [alarm(2)],
  target: (outputs) => `${TARGET}${outputs('ExternalName')}`,
  users: (outputs) => ({ functionName: outputs('External'), alias: ALIAS }),
  prepare: (clients, outputs) =>
    report(clients, outputs, '1', outputs('ExternalVersion'), () => Promise.resolve()),
  release: async (clients, outputs, wait) => {
    const version = await publishBad(clients, outputs('External'), wait);
    await report(clients, outputs, '2', version, () => pointAt(clients, outputs('External'), version));
  },
  attend: async (clients, outputs) => {
    const QueueUrl = outputs('ExternalQueue');
    const { Messages = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    for (const { Body = '', ReceiptHandle } of Messages) {
      await goBack(clients, outputs, (JSON.parse(Body) as { readonly detail: Wanted }).detail);
      await clients.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  },
};

/** Reports the beginning and the end of a deployment. */
async function report(
  clients: Clients,
  outputs: Outputs,
  deployment: string,
  revision: string,
  deploy: () => Promise<void>,
): Promise<void> {
  const of = { target: externalSystem.target(outputs), deployment, revision };
  await put(clients, outputs, 'Deployment Reported', { ...of, state: 'started' });
  await deploy();
  await put(clients, outputs, 'Deployment Reported', { ...of, state: 'completed' });
}

/** Brings the wanted version back. A repeated event finds it there, and its answer comes too late to count. */
async function goBack(clients: Clients, outputs: Outputs, { rollback, to }: Wanted): Promise<void> {
  const answer = (detail: object) => put(clients, outputs, 'Rollback Answered', { rollback, ...detail });
  if (to === null) {
    await answer({ state: 'refused', reason: 'no version was named' });
    return;
  }
  await answer({ state: 'accepted' });
  await pointAt(clients, outputs('External'), to);
  await answer({ state: 'done', revision: to });
}

/** @throws Error when the bus refuses the event */
async function put({ events }: Clients, outputs: Outputs, DetailType: string, detail: object): Promise<void> {
  const entry = {
    ...{ EventBusName: outputs('ExternalBus'), Source: SYSTEM, DetailType },
    Detail: JSON.stringify(detail),
  };
  const { Entries = [] } = await events.send(new PutEventsCommand({ Entries: [entry] }));
  const { ErrorCode, ErrorMessage = '' } = Entries[0] ?? {};
  if (ErrorCode !== undefined) throw new Error(`the bus refused ${DetailType}: ${ErrorCode} ${ErrorMessage}`);
}
