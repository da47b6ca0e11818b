import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import type { ReadPause } from '../../../src/aws/pause.ts';
import type { Connect } from '../../../src/aws/client.ts';
import { createWriteWatch } from '../../../src/aws/write-watch.ts';
import { markOf, markOfLookout } from '../../../src/lambda/write-marks.ts';
import { asPlanned } from '../../../src/rollback/doors.ts';
import { Throttled } from '../../../src/rollback/errors.ts';
import type { PauseOrder } from '../../../src/rollback/pause.ts';
import { AT, ready, request } from '../rollback/documents.ts';

const PAUSED: PauseOrder = { paused: true, because: 'the database moves', by: 'ada', at: AT };
const claim = { kind: 'ecs', holder: 'one', since: AT, expiresAt: AT };
const planned = asPlanned({
  ...{ request, execution: 'one', claim, plan: ready },
  verdict: { verdict: 'act', at: AT, reasons: ['!'] },
});

/** Runs a verb that reads, and then writes so often, under the fence. Returns what happened, in order. */
async function verb(readPause: ReadPause, work: (client: ECSClient) => Promise<unknown>, isLookout = false) {
  const did: string[] = [];
  const connect: Connect = (Service) => {
    const send = (command: { readonly constructor: { readonly name: string } }) =>
      Promise.resolve(void did.push(command.constructor.name.replace('Command', '')));
    return Object.assign(Object.create(Service.prototype as object) as object, { send }) as never;
  };
  const watch = createWriteWatch(connect);
  const reading: ReadPause = () => (did.push('ask'), readPause());
  const claims = {
    markWriting: () => (did.push('mark'), Promise.resolve(true)),
    clearWriting: () => (did.push('clear'), Promise.resolve()),
  };
  const mark = isLookout ? markOfLookout(reading) : markOf(planned, claims, reading);
  const client = watch.connect(ECSClient);
  const ended = await watch
    .during(mark, () => work(client))
    .then(
      () => 'done',
      (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : 'no error'),
    );
  return { did, ended };
}

const read = (client: ECSClient) => client.send(new DescribeServicesCommand({ services: ['checkout'] }));
const write = (client: ECSClient) => client.send(new UpdateServiceCommand({ service: 'checkout' }));
const both = async (client: ECSClient) => {
  await read(client);
  await write(client);
  await write(client);
};
const answers = (order: PauseOrder | null) => () => Promise.resolve(order);

describe('a write', () => {
  it.each([null, { paused: false }])(
    'passes when the order is %j: asked once, before the reads',
    async (order) => {
      expect(await verb(answers(order), both)).toEqual({
        did: ['ask', 'DescribeServices', 'mark', 'UpdateService', 'UpdateService'],
        ended: 'done',
      });
    },
  );

  it('is not made while Lastgood is paused, and nothing is marked', async () => {
    expect(await verb(answers(PAUSED), both)).toEqual({
      did: ['ask', 'DescribeServices'],
      ended: `Paused: Lastgood is paused since ${AT} by ada: the database moves`,
    });
  });

  it('is not made while it is unknown whether Lastgood is paused', async () => {
    const { did, ended } = await verb(() => Promise.reject(new Throttled('slow down')), both);
    expect([did, ended]).toEqual([['ask', 'DescribeServices'], 'Throttled: slow down']);
  });

  it('ends the verb, even if the mechanism takes the error for a refusal of AWS', async () => {
    const swallowing = (client: ECSClient) => write(client).catch(() => 'refused');
    expect(await verb(answers(PAUSED), swallowing)).toMatchObject({
      ended: expect.stringMatching(/^Paused/) as string,
    });
  });

  it('of a lookout passes the same fence, and marks no rollback', async () => {
    expect(await verb(answers(PAUSED), write, true)).toMatchObject({ did: ['ask'] });
    expect(await verb(answers(null), write, true)).toMatchObject({ did: ['ask', 'UpdateService'] });
  });
});

describe('a verb that writes nothing', () => {
  it.each([answers(PAUSED), () => Promise.reject(new Throttled('slow down'))])(
    'is not held back',
    async (readPause) => {
      expect(await verb(readPause, read)).toEqual({ did: ['ask', 'DescribeServices'], ended: 'done' });
    },
  );
});
