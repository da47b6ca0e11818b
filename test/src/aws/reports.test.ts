import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReports, isExecutionName, keyOf } from '../../../src/aws/reports.ts';

const SETTINGS: Readonly<Record<string, string>> = {
  REPORTS_BUCKET: 'reports-1',
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'ASIAKEY',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token/+=',
};

function world(status: number, body = '') {
  const sent: { readonly url: URL; readonly init: RequestInit | undefined }[] = [];
  const reports = createReports({
    setting: (name) => SETTINGS[name] ?? '',
    variable: (name) => SETTINGS[name],
    now: () => '2026-11-22T03:00:00.000Z',
    fetch: (url, init) => {
      sent.push({ url: new URL(url instanceof Request ? url.url : url), init });
      return Promise.resolve(new Response(body === '' ? null : body, { status }));
    },
  });
  return { reports, sent };
}

describe('the key of a report', () => {
  it('is the name, where it has only letters, digits and hyphens', () => {
    expect(keyOf('ecs-prod-checkout-26b2')).toBe('reports/ecs-prod-checkout-26b2.html');
  });

  it('contains no path, and is never that of another name', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(keyOf(one)).toMatch(/^reports\/[A-Za-z0-9_-]+\.html$/);
        expect(keyOf(one) === keyOf(other)).toBe(one.toWellFormed() === other.toWellFormed());
      }),
    );
    for (const [one, other] of [
      ['..', '.'],
      ['a.b', 'a_b'],
      ['a_2eb', 'a.b'],
    ] as const)
      expect(keyOf(one)).not.toBe(keyOf(other));
  });

  it.each(['a/b', '', 'a b', 'a'.repeat(81), 'a%2fb', 'a\u0000'])('%j is no name of an execution', (name) => {
    expect(isExecutionName(name)).toBe(false);
  });
});

describe('a link', () => {
  it('is signed afresh, for five minutes, after the page was found', async () => {
    const { reports, sent } = world(200);
    const link = await reports.link('arn:aws:states:eu-west-1:1:execution:lastgood-prod-rollback:one');
    expect(sent.map(({ url, init }) => `${init?.method} ${url.pathname}`)).toEqual([
      'HEAD /reports/one.html',
    ]);
    expect(link?.expiresAt).toBe('2026-11-22T03:05:00.000Z');
    const { host, searchParams } = new URL(link?.url ?? '');
    expect(host).toBe('reports-1.s3.eu-west-1.amazonaws.com');
    expect(searchParams.get('X-Amz-Expires')).toBe('300');
    expect(searchParams.get('X-Amz-Security-Token')).toBe('token/+=');
    expect(link?.url).not.toContain('secret');
  });

  it('is null where there is no page, and an error where it is not known', async () => {
    expect(await world(404).reports.link('one')).toBeNull();
    await expect(world(403).reports.link('one')).rejects.toThrow('S3 answered HeadObject with status 403');
  });
});

it('names the error of S3 if it takes no page', async () => {
  const { reports } = world(503, '<Error><Code>SlowDown</Code></Error>');
  await expect(reports.put('one', '<p>')).rejects.toThrow('S3 answered PutObject with status 503, SlowDown');
});
