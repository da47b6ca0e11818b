import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const FIXTURES = 'test/fixtures/events';

interface Line {
  readonly file: string;
  readonly kind: string;
  readonly targets: readonly string[];
  readonly requests: readonly unknown[];
  readonly reason: string;
}

function explain(files: readonly string[], input = '') {
  const args = ['scripts/run.cjs', 'scripts/explain.ts', ...files];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { input, encoding: 'utf8' });
  const text = stdout.split('\n').filter((line) => line.startsWith('{'));
  return { status, stdout, stderr, lines: text.map((line) => JSON.parse(line) as Line) };
}

const event = (name: string) => readFileSync(`${FIXTURES}/${name}.json`, 'utf8');

describe('npm run explain', () => {
  test('prints a line for each file, with its members in order', () => {
    const files = ['alarm-event-tagged', 'deployment-failed', 'rollback-requested', 'alarm-event-ok'].map(
      (name) => `${FIXTURES}/${name}.json`,
    );
    const { status, stderr, lines } = explain(files);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(lines.map(({ file, kind, targets, requests }) => [file, kind, targets, requests.length])).toEqual([
      [files[0], 'alarm', ['ecs:prod/checkout'], 1],
      [files[1], 'deployment', ['ecs:prod/checkout'], 1],
      [files[2], 'request', ['ecs:prod/checkout'], 1],
      [files[3], 'ignored', [], 0],
    ]);
    expect(Object.keys(lines[0]!)).toEqual(['file', 'kind', 'targets', 'requests', 'reason']);
  });

  test('says that a lookout follows a deployment that began', () => {
    const { lines } = explain([`${FIXTURES}/deployment-in-progress.json`]);
    expect(lines).toMatchObject([
      {
        kind: 'deployment',
        targets: ['ecs:prod/checkout'],
        requests: [],
        reason: expect.stringMatching(
          /began: a lookout follows it if the target's tags ask for one$/,
        ) as unknown,
      },
    ]);
  });

  test('reads standard input', () => {
    const { status, lines } = explain(['-'], event('alarm-event-dimensions'));
    expect(status).toBe(0);
    expect(lines).toMatchObject([{ file: '-', kind: 'alarm', targets: ['ecs:prod/checkout'] }]);
    expect(lines[0]!.reason).toContain('its tag lastgood:target could not be read');
  });

  test('explains an event as of an instant: now, unless another is given', () => {
    const body = JSON.stringify({
      alerts: [
        {
          status: 'firing',
          labels: { alertname: 'Errors', lastgood_target: 'ecs:prod/checkout' },
          startsAt: '2026-11-20T09:14:20Z',
        },
      ],
    });
    const explained = explain(['--at', '2026-11-20T10:14:20Z', '-'], body);
    expect(explained).toMatchObject({
      status: 0,
      lines: [{ kind: 'request', targets: ['ecs:prod/checkout'] }],
    });
    const late = explain(['-', '--at', '2026-11-20T10:14:21Z'], body);
    expect(late.lines).toMatchObject([
      { kind: 'ignored', reason: 'the alert began more than 60 minutes ago' },
    ]);
    const recent = body.replace('2026-11-20T09:14:20Z', new Date(Date.now() - 60_000).toISOString());
    expect(explain(['-'], recent).lines).toMatchObject([{ kind: 'request' }]);
    expect(explain(['-'], body.replace('2026-11', '2025-11')).lines).toMatchObject([{ kind: 'ignored' }]);
    expect(explain(['--at', 'yesterday', '-'], body)).toMatchObject({ status: 2, stdout: '' });
    expect(explain(['--at', 'yesterday', '-'], body).stderr).toContain('--at must be a time');
  });

  test('refuses an unknown sender as the function does', () => {
    const { lines } = explain(
      ['-'],
      event('rollback-requested').replace(/"source": "[^"]*"/, '"source": "lastgood"'),
    );
    expect(lines).toMatchObject([
      { kind: 'ignored', reason: expect.stringContaining('rejected: source') as unknown },
    ]);
  });

  test('reads messages of the dead-letter queue', () => {
    const body = event('deployment-failed');
    const byLambda = JSON.stringify({
      version: '1.0',
      requestContext: {},
      requestPayload: JSON.parse(body) as unknown,
    });
    const queues = [
      { Records: [{ body }] },
      { Records: [{ body: byLambda }] },
      { Messages: [{ Body: body }, { Body: 'no event' }] },
    ];
    for (const queue of queues) {
      expect(explain(['-'], JSON.stringify(queue)).lines).toMatchObject([
        { kind: 'deployment', targets: ['ecs:prod/checkout'] },
      ]);
    }
  });

  test('names the wrong field of a malformed event, which is ignored', () => {
    const { status, lines } = explain(
      ['-'],
      event('rollback-requested').replace('ecs:prod/checkout', 'ecs:checkout'),
    );
    expect(status).toBe(0);
    expect(lines).toMatchObject([
      { kind: 'ignored', reason: expect.stringContaining('detail.target') as unknown },
    ]);
  });

  test('explains the other files when one cannot be read or is not JSON', () => {
    const [good, missing, broken] = [`${FIXTURES}/deployment-failed.json`, 'no-such-event.json', 'README.md'];
    const { status, stderr, lines } = explain([missing, broken, good]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/no-such-event\.json: .*\n.*README\.md: /);
    expect(lines.map(({ file }) => file)).toEqual([good]);
  });

  test('prints its usage', () => {
    expect(explain(['--help'])).toMatchObject({ status: 0, stderr: '' });
    expect(explain(['--help']).stdout).toContain('Usage');
    expect(explain([])).toMatchObject({ status: 2, stdout: '' });
    expect(explain(['--nonsense']).stderr).toContain('--nonsense');
  });
});
