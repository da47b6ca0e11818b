import { describe, expect, it } from 'vitest';
import { inputFor } from '@lastgood/embedded-aws/runtime/events/input.ts';
import { matches } from '@lastgood/embedded-aws/runtime/events/pattern.ts';
import { isAutomatic, readRequest } from '../../src/rollback/request.ts';
import { EXAMPLES, ruleOf, templateOf, type Rule } from './examples.ts';

/** Returns the input of the rule's only target for an event. */
function taken({ Targets: [target] }: Rule, event: object): unknown {
  const transformer = target?.InputTransformer;
  const to = { id: 't', arn: 'a', retry: { maxAgeSeconds: 60, attempts: 1 } };
  return inputFor(transformer === undefined ? to : { ...to, inputTransformer: transformer }, event);
}

const failed = {
  account: '111122223333',
  source: 'lastgood',
  'detail-type': 'Rollback Failed',
  detail: {
    target: 'ecs:prod/checkout',
    execution: 'arn:one',
    outcome: 'failed-dirty',
    reason: 'It said "no".',
  },
};

describe('an example template', () => {
  it.each(EXAMPLES)('%s refers only to what it has', (file) => {
    const template = templateOf(file);
    const known = [...Object.keys(template.Parameters), ...Object.keys(template.Resources)];
    const named = [...JSON.stringify(template).matchAll(/"!(?:Ref|GetAtt)":"([^".]+)/g)].map(
      ([, name]) => name,
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !known.includes(name!))).toEqual([]);
  });

  it.each(['sns.yml', 'pagerduty.yml', 'webhook.yml'])(
    "%s matches only the same account's Lastgood",
    (file) => {
      const { EventPattern } = ruleOf(templateOf(file));
      expect(matches(EventPattern, failed)).toBe(true);
      expect(matches(EventPattern, { ...failed, account: '444455556666' })).toBe(false);
      expect(matches(EventPattern, { ...failed, source: 'ci' })).toBe(false);
    },
  );

  it('for SNS describes the end in a sentence', () => {
    const rule = ruleOf(templateOf('sns.yml'));
    expect(matches(rule.EventPattern, failed)).toBe(true);
    expect(matches(rule.EventPattern, { ...failed, 'detail-type': 'Rollback Started' })).toBe(false);
    expect(taken(rule, failed)).toBe('Rollback Failed: ecs:prod/checkout. It said "no".');
  });

  it('for PagerDuty makes one alert of each end', () => {
    const rule = ruleOf(templateOf('pagerduty.yml'));
    expect(matches(rule.EventPattern, failed)).toBe(true);
    expect(taken(rule, failed)).toEqual({
      event_action: 'trigger',
      dedup_key: 'arn:one Rollback Failed',
      payload: {
        summary: 'Rollback Failed: ecs:prod/checkout',
        source: 'lastgood ecs:prod/checkout',
        severity: 'critical',
        custom_details: failed.detail,
      },
    });
  });

  it('for PagerDuty names a source even for an unknown target, because PagerDuty requires one', () => {
    const { execution, outcome, reason } = failed.detail;
    const detail = { execution, outcome, reason };
    const alert = taken(ruleOf(templateOf('pagerduty.yml')), { ...failed, detail });
    expect(alert).toMatchObject({ payload: { source: 'lastgood ', custom_details: detail } });
  });

  it('for PagerDuty pages for the end, even after a page for the question', () => {
    const rule = ruleOf(templateOf('pagerduty.yml'));
    const asked = { ...failed, 'detail-type': 'Rollback Approval Requested' };
    expect(matches(rule.EventPattern, asked)).toBe(true);
    const [question, end] = [asked, failed].map(
      (event) => (taken(rule, event) as { dedup_key: string }).dedup_key,
    );
    expect(question).not.toBe(end);
  });

  it('for PagerDuty makes one alert of a storm, while it asks', () => {
    const rule = ruleOf(templateOf('pagerduty.yml'));
    const detail = { storm: '20261122-021405-3fa94c1b', state: 'asking', says: '97 targets alarm.' };
    const asking = { ...failed, 'detail-type': 'Rollback Storm Updated', detail };
    expect(matches(rule.EventPattern, asking)).toBe(true);
    expect(matches(rule.EventPattern, { ...asking, detail: { ...detail, state: 'answered' } })).toBe(false);
    expect(taken(rule, asking)).toMatchObject({
      dedup_key: '20261122-021405-3fa94c1b Rollback Storm Updated',
      payload: {
        summary: 'Rollback Storm Updated: 97 targets alarm.',
        source: 'lastgood 20261122-021405-3fa94c1b',
      },
    });
  });

  it('for a webhook sends the event as it is', () => {
    const rule = ruleOf(templateOf('webhook.yml'));
    expect(matches(rule.EventPattern, failed)).toBe(true);
    expect(taken(rule, failed)).toEqual(failed);
  });

  it('for a partner makes a valid request for a rollback', () => {
    const rule = ruleOf(templateOf('partner.yml'));
    const alert = {
      id: 'event-1',
      time: '2026-11-22T03:00:00Z',
      source: 'aws.partner/example.com/alerts',
      'detail-type': 'Alert',
      detail: { severity: 'critical', target: 'ecs:prod/checkout', title: 'carts are empty' },
    };
    expect(matches(rule.EventPattern, alert)).toBe(true);
    const { request } = taken(rule, alert) as { request: unknown };
    expect(readRequest(request)).toMatchObject({
      target: 'ecs:prod/checkout',
      reason: 'carts are empty',
      trigger: { type: 'request', by: alert.source },
    });
    expect(isAutomatic(readRequest(request))).toBe(true);
  });
});
