import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Handler, Outside, Surroundings } from '../../../runtime/lambda/in-process.ts';
import { Lambda } from '../../../runtime/lambda/lambda.ts';
import { serveSites } from '../../../runtime/lambda/sites-server.ts';
import { serve, stop } from '../../../wire/http.ts';
import { Clock } from '../../../world/clock.ts';
import { Random } from '../../../world/random.ts';
import type { Sites } from '../../../world/traffic/sites.ts';
import { START, lambdaFrom, settled } from './fixture.ts';

const LIMIT_MS = 5_000;

/** Answers `fast.example` after two seconds, `slow.example` after sixty and `never.example` never. */
const sites: Sites = {
  resolve: (host) => (host.endsWith('.example') ? ['3ffe::1'] : null),
  visit: (address, { hostname }) => {
    if (address !== '3ffe::1') return null;
    const seconds = { 'fast.example': 2, 'slow.example': 60 }[hostname] ?? Infinity;
    return { status: 503, seconds };
  },
};

/** Runs a function in process. Returns its answer, and the virtual milliseconds that it took, without the cold start. */
async function ran(work: (surroundings: Surroundings) => Promise<unknown>) {
  const clock = new Clock(START);
  const asks = lambdaFrom('', { timeoutSeconds: 30 });
  let milliseconds = 0;
  const bind = (surroundings: Surroundings): Handler => {
    return async () => {
      const began = Date.parse(surroundings.now());
      const found = await work(surroundings);
      milliseconds = Date.parse(surroundings.now()) - began;
      return found;
    };
  };
  const fetched = () => Promise.resolve(new Response('real', { status: 201 }));
  const outside = { bindings: () => Promise.resolve(bind), fetch: fetched, sites } as unknown as Outside;
  const lambda = new Lambda({
    functions: [asks],
    clock,
    random: (name) => new Random(1, name),
    endpoint: () => '',
    credentials: () => ({ accessKeyId: '', secretAccessKey: '' }),
    root: '/',
    inProcess: () => outside,
  });
  const answer = await settled(clock, lambda.invoke(asks, {}));
  return {
    found: answer.state === 'answered' ? (JSON.parse(answer.payload) as unknown) : answer,
    milliseconds,
  };
}

async function get({ network }: Surroundings, host: string): Promise<readonly [number | string, number]> {
  const { value: addresses } = await network.resolve(host, LIMIT_MS);
  const url = new URL(`http://${host}/`);
  const asked = network.fetchFrom(addresses, url, { headers: {}, milliseconds: LIMIT_MS });
  return asked.then(
    ({ value, seconds }) => [value.status, seconds],
    (error: unknown) => [error instanceof Error ? error.name : '', NaN],
  );
}

it('a function in process gets the answers of the world, in virtual seconds', async () => {
  const { found, milliseconds } = await ran((surroundings) => get(surroundings, 'fast.example'));
  expect(found).toEqual([503, 2]);
  expect(milliseconds).toBe(2_000);
});

it.each(['slow.example', 'never.example'])('the limit for %s is virtual time', async (host) => {
  const { found, milliseconds } = await ran((surroundings) => get(surroundings, host));
  expect(found).toEqual(['TimeoutError', null]);
  expect(milliseconds).toBe(LIMIT_MS);
});

it('answers that are asked for at once take as long as the slowest', async () => {
  const hosts = ['slow.example', 'fast.example', 'never.example'];
  const { found, milliseconds } = await ran((surroundings) =>
    Promise.all(hosts.map((host) => get(surroundings, host))),
  );
  expect(found).toEqual([
    ['TimeoutError', null],
    [503, 2],
    ['TimeoutError', null],
  ]);
  expect(milliseconds).toBe(LIMIT_MS);
});

it('a host that the world does not know has no name, and its address leads out of the world', async () => {
  const unknown = await ran(({ network }) =>
    network.resolve('elsewhere.test', LIMIT_MS).catch((error: unknown) => error),
  );
  expect(unknown.found).toEqual({ code: 'ENOTFOUND' });
  const outside = await ran(async ({ network }) => {
    const url = new URL('http://127.0.0.1:1/');
    const { value, seconds } = await network.fetchFrom(['127.0.0.1'], url, {
      headers: {},
      milliseconds: LIMIT_MS,
    });
    return [value.status, seconds];
  });
  expect(outside).toEqual({ found: [201, 0], milliseconds: 0 });
});

/** Sends GETs as Lastgood's own network does, and says how many virtual milliseconds all of them took. */
const BUNDLE = `
  import { lookup } from 'node:dns/promises';
  import { request as requestHttp } from 'node:http';
  import { request as requestHttps } from 'node:https';
  import { urlToHttpOptions } from 'node:url';

  const get = async (text) => {
    const url = new URL(text);
    const signal = AbortSignal.timeout(${LIMIT_MS});
    const found = await lookup(url.hostname, { all: true });
    const began = performance.now();
    const options = { ...urlToHttpOptions(url), agent: false, signal, lookup: (_, __, done) => done(null, found) };
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const tooLate = new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason)));
    const answer = new Promise((done, fail) => {
      send(options, (response) => done(response.resume().statusCode)).on('error', fail).end();
    });
    return Promise.race([answer, tooLate]).then(
      (status) => [status, (performance.now() - began) / 1000],
      ({ name }) => [name, NaN],
    );
  };

  export const handler = async (urls) => {
    const began = Date.now();
    const found = await Promise.all(urls.map(get));
    return { found, milliseconds: Date.now() - began };
  };`;

/** Runs the bundle in a thread. */
async function ranAsBundle(urls: readonly string[]): Promise<unknown> {
  const server = await serveSites(() => sites);
  onTestFinished(() => server.close());
  const clock = new Clock(START);
  const asks = lambdaFrom(BUNDLE, { timeoutSeconds: 30 });
  const lambda = new Lambda({
    functions: [asks],
    clock,
    random: (name) => new Random(1, name),
    endpoint: () => '',
    credentials: () => ({ accessKeyId: '', secretAccessKey: '' }),
    root: '/',
    sitesAt: () => server.origin,
  });
  onTestFinished(() => lambda.close());
  const answer = await settled(clock, lambda.invoke(asks, urls));
  return answer.state === 'answered' ? (JSON.parse(answer.payload) as unknown) : answer;
}

it.each(['http', 'https'])(
  'a bundle gets the answers of the world by %s, in virtual seconds',
  async (scheme) => {
    expect(await ranAsBundle([`${scheme}://fast.example/`])).toEqual({
      found: [[503, 2]],
      milliseconds: 2_000,
    });
  },
);

it('a bundle’s limits are virtual time, and answers asked for at once take as long as the slowest', async () => {
  const urls = ['http://fast.example:8080/', 'http://slow.example/', 'https://never.example/'];
  expect(await ranAsBundle(urls)).toEqual({
    found: [
      [503, 2],
      ['TimeoutError', null],
      ['TimeoutError', null],
    ],
    milliseconds: LIMIT_MS,
  });
});

it('a bundle reaches other hosts by the real network, which takes no virtual time', async () => {
  const server = await serve(0, () => Promise.resolve({ status: 201, headers: {}, body: '' }));
  onTestFinished(() => stop(server));
  const { port } = server.address() as AddressInfo;
  expect(await ranAsBundle([`http://127.0.0.1:${port}/`])).toEqual({ found: [[201, 0]], milliseconds: 0 });
});
