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

/** A refusal in the protocol of ECS. */
const refused = () => ({
  response: {
    statusCode: 400,
    headers: { 'x-amzn-errortype': 'ThrottlingException' },
    body: new TextEncoder().encode('{"__type":"ThrottlingException","message":"Rate exceeded"}'),
  },
});

/** Tries once more, without a pause. */
const token = (count: number) => ({ getRetryCount: () => count, getRetryDelay: () => 0 });
const ONCE_MORE = {
  mode: 'standard',
  acquireInitialRetryToken: () => Promise.resolve(token(0)),
  refreshRetryTokenForRetry: ({ getRetryCount }: ReturnType<typeof token>) =>
    getRetryCount() === 0 ? Promise.resolve(token(1)) : Promise.reject(new Error('tried twice')),
  recordSuccess: () => undefined,
};

/** Returns what happens to the mark while a client of the SDK gets these answers over the network. */
async function marksAfter(answers: readonly (() => Promise<unknown>)[]): Promise<readonly string[]> {
  const did: string[] = [];
  let attempts = 0;
  const handle = () => answers[attempts++]!();
  const options = { region: 'eu-west-1', credentials: { accessKeyId: 'key', secretAccessKey: 'secret' } };
  const connect: Connect = (Service) =>
    new Service({
      ...options,
      requestHandler: { handle },
      retryStrategy: ONCE_MORE,
    } as never);
  const watch = createWriteWatch(connect);
  const mark = {
    set: () => (did.push('set'), Promise.resolve(true)),
    clear: () => (did.push('clear'), Promise.resolve()),
  };
  const work = watch.during(mark, () => watch.connect(ECSClient).send(write));
  await expect(work).rejects.toThrow();
  expect(attempts).toBe(2);
  return did;
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

  it('is cleared if AWS refused for another reason of the request, and not if it waited in vain for it', async () => {
    const refusal = (name: string, status: number) =>
      Object.assign(named(name), { $metadata: { httpStatusCode: status } });
    const after = async (error: Error) => {
      const { did, mark, watch, client } = scene([error]);
      await expect(watch.during(mark, () => client.send(write))).rejects.toThrow('no');
      return did.at(-1);
    };
    expect(await after(refusal('ResourceConflictException', 409))).toBe('clear');
    expect(await after(refusal('DeploymentLimitExceededException', 400))).toBe('clear');
    expect(await after(refusal('RequestTimeoutException', 400))).toBe('UpdateService');
    expect(await after(refusal('Timeout', 408))).toBe('UpdateService');
    expect(await after(refusal('ServerException', 500))).toBe('UpdateService');
  });

  it('is cleared if both attempts of the SDK are refused, and stays if the answer to the first is lost', async () => {
    const [throttled, lost] = [() => Promise.resolve(refused()), () => Promise.reject(named('TimeoutError'))];
    expect(await marksAfter([throttled, throttled])).toEqual(['set', 'clear']);
    expect(await marksAfter([lost, throttled])).toEqual(['set']);
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
