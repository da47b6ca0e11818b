import { describe, expect, test } from 'vitest';
import { readRequest } from '../../../src/rollback/request.ts';
import { readRequested } from '../../../src/targets/requested.ts';
import { altered, fixture } from './fixtures.ts';

describe('an event that requests a rollback', () => {
  test('is a request', () => {
    const read = readRequested(fixture('rollback-requested'));
    const request = {
      target: 'ecs:prod/checkout',
      reason: 'Basket totals are wrong since 4.12',
      trigger: {
        type: 'request',
        id: '5d0b7c1e-83a4-4e69-9f12-6c2ab8e07d35',
        at: '2026-11-20T09:30:00.000Z',
        by: 'mona@example.com',
      },
    };
    expect(read).toMatchObject({ kind: 'request', targets: ['ecs:prod/checkout'], requests: [request] });
    expect(readRequest(request)).toEqual(request);
  });

  test('may name the revision', () => {
    const revision = 'arn:aws:ecs:eu-central-1:210987654321:service-revision/prod/checkout/4025';
    expect(readRequested(altered('rollback-requested', ['detail', 'revision'], revision))).toMatchObject({
      requests: [{ revision }],
      reason: expect.stringContaining(`to revision ${revision}`) as unknown,
    });
  });

  test('is by its source if it names no requester', () => {
    const read = readRequested(altered('rollback-requested', ['detail', 'requestedBy'], undefined));
    expect(read).toMatchObject({ requests: [{ trigger: { by: 'shop.release-train' } }] });
  });

  test.each([
    [['detail'], 'please', 'detail', 'must be an object'],
    [['detail', 'target'], undefined, 'detail.target', 'must be a string'],
    [['detail', 'target'], 'ecs:prod/check\u0007out', 'detail.target', 'control characters'],
    [['detail', 'target'], 'rds:prod', 'detail.target', 'must begin with a kind'],
    [['detail', 'reason'], '', 'detail.reason', 'at least 1 characters'],
    [['detail', 'reason'], ' ', 'detail.reason', 'must not be blank'],
    [['detail', 'reason'], '\u200b\n\u3164', 'detail.reason', 'must not be blank'],
    [['detail', 'requestedBy'], '\u2003', 'detail.requestedBy', 'must not be blank'],
    [['source'], '\u00a0', 'source', 'must not be blank'],
    [['detail', 'reason'], 'x'.repeat(2049), 'detail.reason', 'at most 2048 characters'],
    [['detail', 'revision'], 12, 'detail.revision', 'must be a string'],
    [['detail', 'revison'], 'checkout:41', 'detail.revison', 'is not a known field'],
    [['source'], 'aws.ecs', 'source', 'must not be an AWS service'],
    [['source'], 'slack:UALICE', 'source', 'must not begin with "slack:"'],
    [['detail', 'requestedBy'], 'slack:UALICE', 'detail.requestedBy', 'must not begin with "slack:"'],
    [['id'], undefined, 'id', 'must have 1 to 512 characters'],
    [['time'], 'noon', 'time', 'must be a time'],
  ])('is rejected with %j as %j', (path, value, field, problem) => {
    expect(readRequested(altered('rollback-requested', path, value))).toEqual({
      kind: 'rejected',
      field,
      problem: expect.stringContaining(problem) as unknown,
    });
  });
});
