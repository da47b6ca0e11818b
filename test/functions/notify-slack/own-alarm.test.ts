import { describe, expect, it } from 'vitest';
import { readAdded } from '../../../functions/notify-slack/added.ts';
import { messagesOf } from '../../../src/slack/messages/thread.ts';

const NAME = 'lastgood-prod-sweep-silent';
const BEGAN = '2026-11-22T02:10:00.000+0000';
const ENDED = '2026-11-22T02:20:00.000+0000';

const event = (detail: object) => ({
  ...{ source: 'aws.cloudwatch', 'detail-type': 'CloudWatch Alarm State Change' },
  detail: {
    alarmName: NAME,
    configuration: { description: 'No sweep succeeded in five minutes.' },
    ...detail,
  },
});
const alarmed = readAdded(
  event({
    state: { value: 'ALARM', reason: 'no datapoints <!channel>', timestamp: BEGAN },
    previousState: { value: 'OK', timestamp: '2026-11-22T02:03:00.000+0000' },
  }),
);
const calmed = readAdded(
  event({
    state: { value: 'OK', reason: '1 datapoint', timestamp: ENDED },
    previousState: { value: 'ALARM', timestamp: BEGAN },
  }),
);

describe('an alarm on Lastgood itself', () => {
  it('begins a thread that is posted soon, and its end belongs to the same thread', () => {
    expect(alarmed).toMatchObject({ slice: 'alarmed', queue: 'urgent', detail: { name: NAME } });
    expect(calmed).toMatchObject({ slice: 'calmed', queue: 'yes', key: alarmed?.key });
  });

  it('says its name, what it is for, and why it turned', () => {
    const said = JSON.stringify(messagesOf({ alarmed: alarmed?.detail as never }));
    expect(said).toContain(`the alarm \`${NAME}\` is red`);
    expect(said).toContain('No sweep succeeded in five minutes.');
    expect(said).toContain('no datapoints &lt;!channel&gt;');
  });

  it('says from when to when it was red', () => {
    const story = { alarmed: alarmed?.detail, calmed: calmed?.detail } as never;
    expect(messagesOf(story).root?.text).toMatch(/was red from <!date.*02:10.*> to <!date.*02:20/);
  });

  it('is not posted if only its end is known', () => {
    expect(messagesOf({ calmed: calmed?.detail as never })).toEqual({});
  });

  it.each([
    ['no state', {}],
    ['no time', { state: { value: 'ALARM' } }],
    ['a wrong time', { state: { value: 'ALARM', timestamp: 'soon' } }],
    ['an end without a beginning', { state: { value: 'OK', timestamp: ENDED } }],
  ])('is ignored with %s', (_, detail) => {
    expect(readAdded(event(detail))).toBeNull();
  });
});
