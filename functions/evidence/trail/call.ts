import type { Event } from '@aws-sdk/client-cloudtrail';
import { asRecord } from '../../../src/rollback/json.ts';
import { isNamed } from '../../../src/targets/deploy-call.ts';

/** A call to AWS, as CloudTrail keeps it. Its parameters are compared and never shown: they may hold secrets. */
export interface TrailCall {
  readonly at: string;
  /** `ecs`. */
  readonly service: string;
  readonly name: string;
  /** Who made it: an ARN where CloudTrail knows one. */
  readonly by: string;
  /** The tool: `aws-cli/2.31`; empty: unknown. */
  readonly tool: string;
  /** The texts in its parameters. */
  readonly named: readonly string[];
  /** The texts in its answer. CloudTrail leaves the answers of some calls out. */
  readonly answered: readonly string[];
  /** The numbers among its parameters, by name: no secret is a number of its own. */
  readonly numbers: Readonly<Record<string, number>>;
  /** AWS itself made it. */
  readonly isOfAws: boolean;
}

/**
 * Reads a call; null: it failed, or cannot be read.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function readCall({ CloudTrailEvent = '', Username = '' }: Event): TrailCall | null {
  const record = parsed(CloudTrailEvent);
  if (record === null || record['errorCode'] !== undefined) return null;
  const identity = asRecord(record['userIdentity']) ?? {};
  const by = textIn(identity, 'arn');
  return {
    at: textIn(record, 'eventTime'),
    service: textIn(record, 'eventSource').replace(/\.amazonaws\.com$/, ''),
    name: textIn(record, 'eventName'),
    by: by === '' ? Username : by,
    tool: textIn(record, 'userAgent').split(' ')[0] ?? '',
    named: textsIn(record['requestParameters']),
    answered: textsIn(record['responseElements']),
    numbers: numbersIn(record['requestParameters']),
    isOfAws:
      textIn(identity, 'type') === 'AWSService' || textIn(identity, 'invokedBy').endsWith('.amazonaws.com'),
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return asRecord(JSON.parse(text)) ?? null;
  } catch {
    return null;
  }
}

function textIn(record: Readonly<Record<string, unknown>>, field: string): string {
  const value = record[field];
  return typeof value === 'string' ? value : '';
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function numbersIn(value: unknown): Readonly<Record<string, number>> {
  const found = Object.entries(asRecord(value) ?? {}).filter(([, one]) => typeof one === 'number');
  return Object.fromEntries(found) as Readonly<Record<string, number>>;
}

/** Returns whether a call names a thing: by its name, or by an ARN that ends with it. */
export function isAbout({ named }: Pick<TrailCall, 'named'>, name: string): boolean {
  return isNamed(name, named);
}

/** Returns `2026-11-22T02:14:03Z ecs UpdateService by arn:…, with aws-cli/2.31` */
export function lineOf({ at, service, name, by, tool }: TrailCall): string {
  return `${at} ${service} ${name} by ${by}${tool === '' ? '' : `, with ${tool.slice(0, 60)}`}`;
}
