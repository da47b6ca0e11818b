import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import type { Connect } from '../../../src/aws/client.ts';
import { createWriteWatch } from '../../../src/aws/write-watch.ts';

const read = new DescribeServicesCommand({ services: ['checkout'] });
const write = new UpdateServiceCommand({ service: 'checkout' });

/** Returns a client whose answers are scripted, the order of what happened, and a mark. */
function scene(answers: readonly (Error | 'written')[], isFirst = true) {
  const did: string[] = [];
  const connect: Connect = (Service) => {
    const send = (command: { readonly schema: readonly unknown[] }) => {
      did.push(String(command.schema[2]));
      const answer = answers[did.filter((one) => one === 'UpdateService').length - 1];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({});
    };
    return Object.assign(Object.create(Service.prototype as object) as object, { send }) as never;
  };
  const mark = {
    set: () => (did.push('set'), Promise.resolve(isFirst)),
    clear: () => (did.push('clear'), Promise.resolve()),
  };
  const watch = createWriteWatch(connect);
  return { did, mark, watch, client: watch.connect(ECSClient) };
}

const named = (name: string): Error => Object.assign(new Error('no'), { name });

describe('a mark of writes', () => {
  it('is set before the first write, and not before reads', async () => {
    const { did, mark, watch, client } = scene(['written', 'written']);
    await watch.during(mark, async () => {
      await client.send(read);
      await client.send(write);
      await client.send(write);
    });
    expect(did).toEqual(['DescribeServices', 'set', 'UpdateService', 'UpdateService']);
  });

  it('is not set without a write, whatever fails', async () => {
    const { did, mark, watch, client } = scene([]);
    const work = watch.during(mark, async () => {
      await client.send(read);
      throw named('ThrottlingException');
    });
    await expect(work).rejects.toThrow('no');
    expect(did).toEqual(['DescribeServices']);
  });

  it.each(['ThrottlingException', 'AccessDeniedException'])(
    'is cleared if AWS refused with %s',
    async (name) => {
      const { did, mark, watch, client } = scene([named(name)]);
      await expect(watch.during(mark, () => client.send(write))).rejects.toThrow('no');
      expect(did).toEqual(['set', 'UpdateService', 'clear']);
    },
  );

  it.each([
    ['the answer is lost', [named('TimeoutError')], true],
    ['another write succeeded', ['written', named('ThrottlingException')], true],
    ['an earlier call had set it', [named('ThrottlingException')], false],
  ] as const)('stays if %s', async (_, answers, isFirst) => {
    const { did, mark, watch, client } = scene(answers, isFirst);
    const work = watch.during(mark, async () => {
      for (let sent = 0; sent < answers.length; sent++) await client.send(write);
    });
    await expect(work).rejects.toThrow('no');
    expect(did).not.toContain('clear');
  });

  it('that cannot be set keeps the write from being sent', async () => {
    const { did, mark, watch, client } = scene(['written']);
    const lost = { ...mark, set: () => Promise.reject(named('ClaimLost')) };
    await expect(watch.during(lost, () => client.send(write))).rejects.toThrow('no');
    expect(did).toEqual([]);
  });

  it('needs no work of a mechanism: other calls are sent as they are', async () => {
    const { did, client } = scene(['written']);
    await client.send(write);
    expect(did).toEqual(['UpdateService']);
    expect(client).toBeInstanceOf(ECSClient);
  });
});
