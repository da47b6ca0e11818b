import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REGIONS, WITHOUT_REGISTRIES } from '../../scripts/deploy/regions.ts';
import { typesIn } from '../../scripts/deploy/template.ts';
import { PACKAGED } from '../../scripts/package.ts';
import { stack } from './grants.ts';

const types = typesIn(PACKAGED);
const count = (type: string) => types.filter((one) => one === type).length;

/** The rows of "What is created", by the first words of the row. */
const CREATED: Readonly<Record<string, number>> = {
  'Lambda functions': count('AWS::Lambda::Function'),
  'state machines': count('AWS::StepFunctions::StateMachine'),
  'DynamoDB tables': count('AWS::DynamoDB::Table'),
  'event buses': count('AWS::Events::EventBus'),
  rules: count('AWS::Events::Rule'),
  queues: count('AWS::SQS::Queue'),
  alarms: count('AWS::CloudWatch::Alarm'),
  dashboards: count('AWS::CloudWatch::Dashboard'),
  'HTTP APIs': count('AWS::ApiGatewayV2::Api'),
  'schema registries': count('AWS::EventSchemas::Registry'),
  buckets: count('AWS::S3::Bucket'),
};

const [, deploy = ''] = /^## Deploy\n(.*?)^## /ms.exec(readFileSync('README.md', 'utf8')) ?? [];
const page = readFileSync('docs/deploying.md', 'utf8');

describe('"Deploy" in the README', () => {
  const rows = [...deploy.matchAll(/^\| (.+?) +\| (\d+) +\|$/gm)].map(
    ([, what = '', number]) => [what, number] as const,
  );

  it('says how many resources of each type are created', () => {
    const named = rows.map(([what, number]) => {
      const type = Object.keys(CREATED).find((one) => what.startsWith(one));
      return [type, Number(number)];
    });
    expect(named).toEqual(Object.entries(CREATED));
  });

  it('counts a role and a log group for each function, and what runs every minute', () => {
    expect(count('AWS::IAM::Role')).toBe(
      count('AWS::Lambda::Function') + count('AWS::StepFunctions::StateMachine'),
    );
    const schedules = stack.rules.flatMap(({ schedule }) => schedule ?? []);
    const runs = (schedule: string) => schedules.filter((one) => one === schedule).length;
    expect([runs('rate(1 minute)'), runs('rate(5 minutes)')]).toEqual([2, schedules.length - 2]);
    expect(deploy).toContain(
      `rules, of which 2 run every minute, and ${schedules.length - 2} every 5 minutes`,
    );
  });
});

describe('docs/deploying.md', () => {
  it('lists the Regions', () => {
    const [, all = '', without = ''] = /^## Regions\n(.*?)\n\n(?:Those|Without)(.*?)^## /ms.exec(page) ?? [];
    const named = (text: string) => [...text.matchAll(/`([a-z]+-[a-z]+-\d)`/g)].map(([, region]) => region);
    expect(named(all)).toEqual(REGIONS);
    expect(named(without)).toEqual(WITHOUT_REGISTRIES);
  });

  it('computes the cost of what runs every minute in a month of 30 days', () => {
    expect(page).toContain(`| ${(2 * 30 * 24 * 60).toLocaleString('en')} `);
    expect(stack.functions.filter(({ memoryMb }) => memoryMb !== 1024)).toEqual([]);
  });
});
