import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAsk } from '../../../src/lambda/ask.ts';
import { network, timed, type Network } from '../../../src/lambda/network.ts';

/** Asks over a network in which every name has these addresses, and records where it connects. */
function asking(addresses: readonly string[] | Error, hosts: readonly string[] = []) {
  const connected: (readonly string[])[] = [];
  const limits: number[] = [];
  const network: Network = {
    resolve: () =>
      addresses instanceof Error
        ? Promise.reject(addresses)
        : Promise.resolve({ value: addresses, seconds: 0.25 }),
    fetchFrom: (to, _, { milliseconds }) => {
      connected.push(to);
      limits.push(milliseconds);
      return Promise.resolve({ value: new Response('ok'), seconds: 0.5 });
    },
  };
  return { connected, limits, ask: createAsk(network, hosts) };
}

describe('a host name', () => {
  it('is called at the addresses that were checked', async () => {
    const { connected, ask } = asking(['8.8.8.8', '2600::1']);
    expect((await ask(new URL('https://shop.example/'), 1000)).response.status).toBe(200);
    expect(connected).toEqual([['8.8.8.8', '2600::1']]);
  });

  it('is resolved and called within one limit, and the answer says how long both took', async () => {
    const { limits, ask } = asking(['8.8.8.8']);
    expect((await ask(new URL('https://shop.example/'), 1000)).seconds).toBe(0.75);
    expect(limits).toEqual([750]);
  });

  it.each([
    '127.0.0.1',
    '::1',
    '169.254.169.254',
    'fd00:ec2::254',
    '10.0.0.1',
    '0.0.0.0',
    '::ffff:127.0.0.1',
  ])('that leads to %s, though to a public address too, is not called', async (address) => {
    const { connected, ask } = asking(['8.8.8.8', address]);
    await expect(ask(new URL('https://shop.example/'), 1000)).rejects.toMatchObject({ name: 'NoAnswer' });
    expect(connected).toEqual([]);
  });

  it('that is listed may have a private address', async () => {
    const { connected, ask } = asking(['10.0.0.1'], ['prometheus.internal']);
    await ask(new URL('http://prometheus.internal:9090/'), 1000);
    expect(connected).toEqual([['10.0.0.1']]);
  });

  it('that is unknown gives no answer', async () => {
    const { ask } = asking(Object.assign(new Error('getaddrinfo ENOTFOUND hunter2'), { code: 'ENOTFOUND' }));
    await expect(ask(new URL('https://shop.example/'), 1000)).rejects.toThrow(/^ENOTFOUND$/);
  });
});

describe('an error', () => {
  it.each([
    [new TypeError('"Bearer hunter2\\n" is an invalid header value'), 'the request failed'],
    [Object.assign(new Error('connect ECONNREFUSED hunter2'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [Object.assign(new Error('no'), { code: 'hunter2' }), 'the request failed'],
  ])('of the network, %s, is not repeated', async (error, says) => {
    const fetchFrom = () => Promise.reject(error);
    const resolve = () => Promise.resolve({ value: ['8.8.8.8'], seconds: 0 });
    const ask = createAsk({ resolve, fetchFrom }, []);
    const thrown: unknown = await ask(new URL('https://shop.example/'), 1000).catch((one: unknown) => one);
    expect(thrown).toMatchObject({ name: 'NoAnswer', message: says });
    expect(inspect(thrown, { depth: null })).not.toContain('hunter2');
  });

  it.each(['resolve', 'fetchFrom'])('of %s for its time says so', async (part) => {
    const late = () => timed(1, () => new Promise<never>(() => undefined));
    const network: Network = {
      resolve: () => Promise.resolve({ value: ['8.8.8.8'], seconds: 0 }),
      fetchFrom: late,
      ...(part === 'resolve' && { resolve: late }),
    };
    const asked = createAsk(network, [])(new URL('https://shop.example/'), 1);
    await expect(asked).rejects.toMatchObject({ name: 'NoAnswer', message: 'no answer came in time' });
  });
});

describe('over HTTP', () => {
  async function serving(answer: RequestListener) {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const ask = createAsk(network, ['127.0.0.1']);
    return { port, ask };
  }

  it('a name is called at the given address, with its own name in the request', async () => {
    const { port } = await serving(({ headers }, answer) =>
      answer.end(`${headers.host} ${headers.authorization}`),
    );
    const url = new URL(`http://shop.example:${port}/health`);
    const { value: answer } = await network.fetchFrom(['127.0.0.1'], url, {
      headers: { authorization: 'Bearer abc' },
      milliseconds: 5000,
    });
    expect(await answer.text()).toBe(`shop.example:${port} Bearer abc`);
  });

  it.each([200, 204, 302, 503])('status %d is the answer, and no redirect is followed', async (status) => {
    const { port, ask } = await serving((_, answer) =>
      answer.writeHead(status, { location: '/elsewhere' }).end(),
    );
    expect((await ask(new URL(`http://127.0.0.1:${port}/`), 5000)).response.status).toBe(status);
  });

  it('the seconds of an answer are measured to its end', async () => {
    const { port, ask } = await serving((_, answer) => {
      answer.write('first');
      setTimeout(() => answer.end('last'), 50);
    });
    const { seconds } = await ask(new URL(`http://127.0.0.1:${port}/`), 60_000);
    expect(seconds).toBeGreaterThan(0.045);
    expect(seconds).toBeLessThan(30);
  });

  it('an answer that does not end is ended by the limit, and its connection is closed', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    const { port, ask } = await serving((request, answer) => {
      closed = new Promise((done) => request.socket.once('close', done));
      answer.write('first');
    });
    await expect(ask(new URL(`http://127.0.0.1:${port}/`), 50)).rejects.toThrow('no answer came in time');
    await closed;
  });

  it('a refused connection has its code', async () => {
    const { ask } = await serving((_, answer) => answer.end());
    await expect(ask(new URL('http://127.0.0.1:1/'), 5000)).rejects.toThrow('ECONNREFUSED');
  });

  it('a header that cannot be sent is not repeated', async () => {
    const { port, ask } = await serving((_, answer) => answer.end());
    const sent = ask(new URL(`http://127.0.0.1:${port}/`), 5000, { authorization: 'Bearer hunter2\n' });
    await expect(sent).rejects.toMatchObject({ name: 'NoAnswer', message: 'ERR_INVALID_CHAR' });
  });

  it('an answer of more than a mebibyte is not read to its end', async () => {
    const { port, ask } = await serving((_, answer) => answer.end('x'.repeat(1024 * 1024 + 1)));
    await expect(ask(new URL(`http://127.0.0.1:${port}/`), 5000)).rejects.toMatchObject({ name: 'NoAnswer' });
  });

  it('a name has the addresses that the system gives', async () => {
    const { value: addresses, seconds } = await network.resolve('localhost', 60_000);
    expect(addresses).toContain('127.0.0.1');
    expect(seconds).toBeGreaterThanOrEqual(0);
  });
});
