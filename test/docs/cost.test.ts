import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { typesIn } from '../../scripts/deploy/template.ts';
import { PACKAGED } from '../../scripts/package.ts';

/** Prices of CloudWatch, in USD a month: https://aws.amazon.com/cloudwatch/pricing/ */
const ALARM = 0.1;
const DASHBOARD = 3;

/** The most that the alarms, the dashboard and the metrics may cost a month while nothing happens. */
const MOST_FOR_WATCHING = 10;

/** Alarms on dead letters and on Slack, which there were before all others. */
const FIRST_ALARMS = 2;

const page = readFileSync('docs/deploying.md', 'utf8');
const [, table = ''] = /^A month of 30 days.*?\n\n(.*?)\n\n/ms.exec(page) ?? [];
const rows = table
  .split('\n')
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, what = '', amount = '', , usd = '']) => ({ what, amount, usd: Number(usd) }));

const count = (type: string) => typesIn(PACKAGED).filter((one) => one === type).length;
const row = (what: string) => rows.find((one) => one.what === what);

describe('the cost of a month in which nothing happens', () => {
  it('has the alarms and the dashboard of the packaged template', () => {
    const [alarms, dashboards] = [count('AWS::CloudWatch::Alarm'), count('AWS::CloudWatch::Dashboard')];
    expect(row('alarms')).toEqual({ what: 'alarms', amount: `${alarms}`, usd: round(alarms * ALARM) });
    expect(row('dashboard')).toEqual({
      ...{ what: 'dashboard', amount: `${dashboards}`, usd: round(dashboards * DASHBOARD) },
    });
  });

  it('says what watching Lastgood costs, which is less than ten dollars', () => {
    const usd = round(
      count('AWS::CloudWatch::Alarm') * ALARM + count('AWS::CloudWatch::Dashboard') * DASHBOARD,
    );
    expect(usd - FIRST_ALARMS * ALARM).toBeLessThan(MOST_FOR_WATCHING);
    expect(page).toContain(`The alarms and the dashboard cost ${usd.toFixed(2)} USD of it.`);
  });

  it('adds up', () => {
    const sum = rows.filter(({ what }) => what !== '**together**').reduce((all, { usd }) => all + usd, 0);
    expect(row('**together**')?.usd).toBe(round(sum));
    const readme = readFileSync('README.md', 'utf8');
    expect(readme).toContain(`about ${sum.toFixed(0)} USD a month while nothing happens`);
  });
});

function round(usd: number): number {
  return Number(usd.toFixed(2));
}
