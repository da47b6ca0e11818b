import { describe, expect, it } from 'vitest';
import { putFrom, type Foreigner } from '../../../runtime/events/foreign.ts';
import type { Bus } from '../../../runtime/events/bus.ts';
import { arn } from '../../../world/aws.ts';

const base = {
  Effect: 'Allow',
  Action: 'events:PutEvents',
  Resource: arn('events', 'event-bus/lastgood'),
} as const;
const onlyRequests = { 'ForAllValues:StringEquals': { 'events:detail-type': 'Rollback Requested' } };
const accounts = { ...base, Principal: { AWS: ['444455556666'] }, Condition: onlyRequests };
const organization = {
  ...{ ...base, Principal: '*' },
  Condition: { ...onlyRequests, StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
};
const impostors = {
  ...{ ...base, Effect: 'Deny' as const, Principal: '*' },
  Condition: {
    'ForAnyValue:StringEquals': { 'events:source': 'lastgood' },
    ArnNotEquals: { 'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/report'] },
  },
};

async function put(from: Foreigner, detailType = 'Rollback Requested', bus = 'lastgood', source = 'ci') {
  const published: { account: string }[] = [];
  const fake = {
    envelope: (event: object) => ({ ...event, id: 'event-1', account: '111122223333' }),
    publish: (_: string, event: { account: string }) => void published.push(event),
  } as unknown as Bus;
  const policies = [accounts, organization, impostors].map((statement) => ({ bus: 'lastgood', statement }));
  const entry = { bus, source, detailType, detail: {} };
  return { answer: await putFrom(fake, policies, from, entry), published };
}

describe('an event from another account', () => {
  it.each<[string, Foreigner]>([
    ['an account that is named', { account: '444455556666' }],
    ['an account of the organization', { account: '999988887777', organization: 'o-a1b2c3d4e5' }],
  ])('is let in from %s, and keeps its account', async (_, from) => {
    const { answer, published } = await put(from);
    expect(answer).toEqual({ eventId: 'event-1' });
    expect(published).toMatchObject([{ account: from.account }]);
  });

  it.each<[string, ...Parameters<typeof put>]>([
    ['another account', { account: '999988887777' }],
    ['another organization', { account: '999988887777', organization: 'o-zzzzzzzzzz' }],
    ['an account that is named, with another detail type', { account: '444455556666' }, 'Rollback Succeeded'],
    [
      'an account that is named, for another bus',
      { account: '444455556666' },
      'Rollback Requested',
      'default',
    ],
    [
      'an account that is named, as ourselves',
      { account: '444455556666' },
      'Rollback Requested',
      'lastgood',
      'lastgood',
    ],
  ])('is denied from %s', async (_, ...args) => {
    const { answer, published } = await put(...args);
    expect(answer).toEqual({ error: 'AccessDeniedException' });
    expect(published).toEqual([]);
  });
});
