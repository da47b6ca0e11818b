import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NoAnswer, type Ask } from '../../../src/lambda/ask.ts';
import { createChecks } from '../../../functions/verify/prometheus-checks.ts';
import { createQuery } from '../../../functions/verify/prometheus-query.ts';
import { prometheus } from '../../../functions/verify/prometheus.ts';
import { asSecrets } from '../../fakes/parameters.ts';
import type { InReversion } from '../../../src/rollback/document.ts';

const PREFIX = '/lastgood/test/prometheus/';
const CHECK = { url: 'https://prometheus.example.com/base/', query: 'sum(up{job="a b"}) > 0', atMost: 0.01 };
const CREDENTIALS = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' };

interface Asked {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** Looks once at the checks that the tag names; parameters by name. */
async function look(
  parameters: Readonly<Record<string, unknown>>,
  answer: (asked: Asked) => Response | Promise<Response>,
  { tag = 'checkout' } = {},
) {
  const asked: Asked[] = [];
  const read = (names: readonly string[]) => {
    const found = names.filter((name) => name.slice(PREFIX.length) in parameters);
    const valueOf = (name: string) => {
      const value = parameters[name.slice(PREFIX.length)];
      return typeof value === 'string' ? value : JSON.stringify(value);
    };
    return Promise.resolve(asSecrets(found.map((name) => [name, valueOf(name)])));
  };
  const ask: Ask = (url, _milliseconds, headers = {}) => {
    asked.push({ url, headers });
    return Promise.resolve({ url, headers })
      .then(answer)
      .then((response) => ({ response, seconds: 0 }));
  };
  const now = () => new Date('2026-11-22T03:10:00.000Z');
  const query = createQuery(ask, { credentials: () => CREDENTIALS, now });
  const rollback = { plan: { tags: { 'lastgood:prometheus': tag } } } as unknown as InReversion;
  return { signs: await prometheus(createChecks(read, PREFIX), query)(rollback), asked };
}

const success = (data: object, more: object = {}) =>
  new Response(JSON.stringify({ status: 'success', data, ...more }));

const vector = (...values: readonly string[]) =>
  success({ resultType: 'vector', result: values.map((value) => ({ metric: {}, value: [1, value] })) });

describe('the samples of a query', () => {
  it.each([
    [{ atMost: 0.01 }, ['0.01'], 'healthy', 'the worst of 1 samples is 0.01, wanted is at most 0.01'],
    [
      { atMost: 0.01 },
      ['0', '0.011'],
      'unhealthy',
      'the worst of 2 samples is 0.011, wanted is at most 0.01',
    ],
    [{ atMost: 0.01 }, ['+Inf'], 'unhealthy', 'the worst of 1 samples is Infinity, wanted is at most 0.01'],
    [{ atLeast: 3 }, ['3', '4e2'], 'healthy', 'the worst of 2 samples is 3, wanted is at least 3'],
    [{ atLeast: 3 }, ['9', '-Inf'], 'unhealthy', 'the worst of 2 samples is -Infinity, wanted is at least 3'],
    [{ atMost: 0.01 }, ['0', 'NaN'], 'unknown', 'a sample is NaN'],
    [{ atMost: 0.01 }, [], 'unknown', 'the query has no samples'],
  ])('held against %j: %j is %s', async (threshold, values, state, says) => {
    const { url, query } = CHECK;
    const { signs } = await look({ checkout: { url, query, ...threshold } }, () => vector(...values));
    expect(signs).toEqual([{ of: 'Prometheus checkout', state, says }]);
  });

  it('are healthy exactly when every one keeps to the threshold', async () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const samples = fc.array(number, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(samples, number, fc.boolean(), async (values, limit, most) => {
        const { url, query } = CHECK;
        const threshold = most ? { atMost: limit } : { atLeast: limit };
        const { signs } = await look({ checkout: { url, query, ...threshold } }, () =>
          vector(...values.map(String)),
        );
        const keeps = values.every((value) => (most ? value <= limit : value >= limit));
        expect(signs[0]?.state).toBe(keeps ? 'healthy' : 'unhealthy');
      }),
    );
  });

  it('may be one scalar', async () => {
    const { signs } = await look({ checkout: CHECK }, () =>
      success({ resultType: 'scalar', result: [1, '0.5'] }),
    );
    expect(signs).toMatchObject([{ state: 'unhealthy' }]);
  });
});

describe('an answer that is no good one', () => {
  const histogram = { resultType: 'vector', result: [{ metric: {}, histogram: [1, {}] }] };
  it.each<[string, () => Response | Promise<Response>, string]>([
    [
      'an error',
      () => new Response('{"status":"error"}', { status: 422 }),
      'answered 422 {"status":"error"}',
    ],
    ['a redirect', () => new Response(null, { status: 302 }), 'answered 302'],
    ['no JSON', () => new Response('<html>sign in</html>'), 'not one of the Prometheus HTTP API'],
    ['another status', () => new Response('{"status":"error","data":{}}'), 'not one of the Prometheus'],
    ['a range', () => success({ resultType: 'matrix', result: [] }), 'must give a vector or a scalar'],
    ['a text', () => success({ resultType: 'string', result: [1, '0'] }), 'must give a vector or a scalar'],
    ['a histogram', () => success(histogram), 'a sample has no value'],
    [
      'a warning',
      () => success({ resultType: 'vector', result: [{ value: [1, '0'] }] }, { warnings: ['store is away'] }),
      'store is away',
    ],
    ['a broken connection', () => Promise.reject(new NoAnswer('ECONNRESET')), 'NoAnswer: ECONNRESET'],
  ])('is unknown: %s', async (_, answer, says) => {
    const { signs } = await look({ checkout: CHECK }, answer);
    expect(signs).toMatchObject([{ state: 'unknown', says: expect.stringContaining(says) as string }]);
  });
});

describe('the request', () => {
  it('goes to the instant query, without credentials', async () => {
    const { asked } = await look({ checkout: CHECK }, () => vector('0'));
    expect(asked).toHaveLength(1);
    const { url, headers } = asked[0]!;
    expect(url.href).toBe(
      'https://prometheus.example.com/base/api/v1/query?query=sum%28up%7Bjob%3D%22a%20b%22%7D%29%20%3E%200',
    );
    expect(headers).toEqual({});
  });

  it('carries the token that lies beside the check', async () => {
    const { asked } = await look({ checkout: { ...CHECK, token: 'reader' }, reader: 'abc' }, () =>
      vector('0'),
    );
    expect(asked.map(({ headers }) => headers)).toEqual([{ authorization: 'Bearer abc' }]);
  });

  it('is signed for a workspace in the Region that the check names', async () => {
    const { asked } = await look({ checkout: { ...CHECK, region: 'eu-central-1' } }, () => vector('0'));
    expect(asked[0]?.headers['authorization']).toContain(
      'Credential=ASIAEXAMPLE/20261122/eu-central-1/aps/aws4_request, ' +
        'SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=',
    );
  });

  it('is made for each check that the tag names, and one that fails leaves the others', async () => {
    const { signs } = await look({ b: CHECK }, () => vector('0'), { tag: 'a b' });
    expect(signs).toMatchObject([
      { of: 'Prometheus a', state: 'unknown', says: expect.stringContaining(`${PREFIX}a`) as string },
      { of: 'Prometheus b', state: 'healthy' },
    ]);
  });

  it('is not made without the tag', async () => {
    expect(await look({ checkout: CHECK }, () => vector('0'), { tag: '' })).toEqual({ signs: [], asked: [] });
  });
});

describe('the token', () => {
  const checkout = { ...CHECK, token: 'reader' };

  it.each([
    ['with a line break', 'hunter2\nhunter3'],
    ['with a space', 'hunter2 hunter3'],
    ['with a letter beyond ASCII', 'hünter2'],
    ['with a character that no header has', 'hunter2\u0000'],
  ])('%s is not sent, and no sign repeats it', async (_, reader) => {
    const { signs, asked } = await look({ checkout, reader }, () => vector('0'));
    expect(asked).toEqual([]);
    expect(signs).toMatchObject([
      {
        state: 'unknown',
        says: expect.stringContaining(`${PREFIX}reader cannot be a bearer token`) as string,
      },
    ]);
    expect(JSON.stringify(signs)).not.toMatch(/h.nter/);
  });

  it.each([
    ['an error', () => new Response('no access for Bearer hunter2', { status: 403 })],
    ['a warning', () => success({ resultType: 'vector', result: [] }, { warnings: ['Bearer hunter2'] })],
  ])('that a server repeats in %s is not repeated in the sign', async (_, answer) => {
    const { signs } = await look({ checkout, reader: 'hunter2' }, answer);
    expect(signs).toMatchObject([{ says: expect.stringContaining('Bearer (secret)') as string }]);
    expect(JSON.stringify(signs)).not.toContain('hunter2');
  });

  const reader = 'hunter/2&"3\\';
  const escaped = String.raw`Bearer hunter\/2\u0026\"3\\`;

  it.each([
    ['an error', () => new Response(`{"error": "${escaped}"}`, { status: 403 })],
    ['an error of Go', () => new Response(String.raw`"hunter/2\u0026\"3\\"`, { status: 403 })],
    ['the URL of an error', () => new Response(`/login?to=${encodeURIComponent(reader)}`, { status: 403 })],
    ['a warning', () => new Response(`{"status":"success","data":{},"warnings":["${escaped}"]}`)],
  ])('that a server repeats escaped in %s is not repeated in the sign', async (_, answer) => {
    const { signs } = await look({ checkout, reader }, answer);
    expect(signs).toMatchObject([{ says: expect.stringContaining('(secret)') as string }]);
    expect(JSON.stringify(signs)).not.toContain('hunter');
  });
});

it('quotes no more of a warning than of an error', async () => {
  const { signs } = await look({ checkout: CHECK }, () => success({}, { warnings: ['x'.repeat(9000)] }));
  expect(signs[0]?.says.length).toBeLessThan(300);
});

describe('a parameter that is no check', () => {
  it.each([
    ['no JSON', 'a JSON object'],
    [{ ...CHECK, url: 'ftp://x' }, 'url must be an http or https URL'],
    [{ ...CHECK, url: 'https://reader:hunter2@x/' }, 'url must have no user and no password'],
    [{ ...CHECK, url: 'https://x/?a=b' }, 'url must end before the query'],
    [{ ...CHECK, query: '' }, 'query must be a text'],
    [{ ...CHECK, atLeast: 1 }, 'one of atMost and atLeast'],
    [{ url: CHECK.url, query: CHECK.query }, 'one of atMost and atLeast'],
    [{ ...CHECK, atMost: '1' }, 'the threshold must be a number'],
    ['{"url":"https://x","query":"up","atMost":1e999}', 'the threshold must be a number'],
    [{ ...CHECK, token: 'a', region: 'eu-west-1' }, 'exclude each other'],
    [{ ...CHECK, token: '../slack/bot-token' }, 'the name of a parameter beside this one'],
    [{ ...CHECK, token: 'gone' }, `there is no parameter ${PREFIX}gone`],
  ])('is unknown, and no server is queried: %j', async (checkout, says) => {
    const { signs, asked } = await look({ checkout }, () => vector('0'));
    expect(signs).toMatchObject([{ state: 'unknown', says: expect.stringContaining(says) as string }]);
    expect(asked).toEqual([]);
    expect(JSON.stringify(signs)).not.toContain('hunter2');
  });
});
