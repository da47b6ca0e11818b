import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { lambdaFrom, lambdaOf, settled } from './fixture.ts';

/** More turns of the server's event loop than a request needs to arrive, were it sent at once. */
const TURNS = 5_000;

/** A server that answers slowly, in two parts, and hangs up when asked to; says what began and ended, in order. */
async function listen() {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/hang-up') return void request.socket.destroy();
    seen.push(`begin ${request.url}`);
    void (async () => {
      for (let i = 0; i < TURNS; i++) await turn();
      response.write('first ');
      for (let i = 0; i < TURNS; i++) await turn();
      seen.push(`end ${request.url}`);
      response.end('last');
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { seen, port: (server.address() as AddressInfo).port };
}

const ASK = `
  import http from 'node:http';
  const get = (url) => new Promise((resolve, reject) => {
    http.request(Object.assign({ host: '127.0.0.1' }, url), (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    }).on('error', reject).end();
  });`;

test('what a function asks by fetch and by http.request leaves in one line, one at a time', async () => {
  const { seen, port } = await listen();
  const asks = lambdaFrom(`${ASK}
    export const handler = ({ port }) => Promise.all([
      fetch('http://127.0.0.1:' + port + '/1').then((response) => response.text()),
      get({ port, path: '/2' }),
      fetch('http://127.0.0.1:' + port + '/3').then((response) => response.text()),
      get({ port, path: '/4' }),
      get({ port, path: '/5' }),
    ]);`);
  const { lambda, clock } = lambdaOf([asks]);
  onTestFinished(() => lambda.close());
  const answer = await settled(clock, lambda.invoke(asks, { port }));
  expect(answer).toEqual({
    state: 'answered',
    payload: JSON.stringify(['first last', 200, 'first last', 200, 200]),
  });
  expect(seen).toEqual(['1', '2', '3', '4', '5'].flatMap((path) => [`begin /${path}`, `end /${path}`]));
});

test('what is not answered, and what is given up while it waits, holds up nothing behind it', async () => {
  const { seen, port } = await listen();
  const asks = lambdaFrom(`${ASK}
    export const handler = async ({ port }) => {
      const hungUp = fetch('http://127.0.0.1:' + port + '/hang-up').catch(() => 'hung up');
      const given = http.request({ host: '127.0.0.1', port, path: '/given-up' });
      given.on('error', () => undefined).destroy(new Error('given up'));
      const aborted = fetch('http://127.0.0.1:' + port + '/aborted', { signal: AbortSignal.abort() });
      return Promise.all([hungUp, aborted.catch(() => 'aborted'), get({ port, path: '/1' })]);
    };`);
  const { lambda, clock } = lambdaOf([asks]);
  onTestFinished(() => lambda.close());
  expect(await settled(clock, lambda.invoke(asks, { port }))).toEqual({
    state: 'answered',
    payload: JSON.stringify(['hung up', 'aborted', 200]),
  });
  expect(seen).toEqual(['begin /1', 'end /1']);
});
