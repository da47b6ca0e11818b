import { ACCOUNT } from '../world/aws.ts';
import type { Permission, PolicyDocument, Statement } from './stack/stack.ts';

/** A call by an AWS service to a resource, on behalf of one of its own resources. */
export interface ServiceCall {
  /** `events.amazonaws.com` */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** The rule, alarm or topic on whose behalf it calls. */
  readonly sourceArn: string;
}

/** Returns whether a function's resource policy allows a service to invoke it. */
export function mayInvoke(
  permissions: readonly Permission[],
  { principal, resource, sourceArn }: Omit<ServiceCall, 'action'>,
): boolean {
  return permissions.some(
    (permission) =>
      permission.function === resource &&
      permission.principal === principal &&
      (permission.sourceArn === undefined || arnLike(permission.sourceArn, sourceArn)) &&
      (permission.sourceAccount === undefined || permission.sourceAccount === ACCOUNT),
  );
}

/**
 * Returns whether a resource policy allows a service's call. Reads only service principals, and conditions on
 * aws:SourceArn and aws:SourceAccount. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html,
 * "Granting permissions to the dead-letter queue"
 * @throws Error on a condition that is not known here
 */
export function policyAllows(policies: readonly PolicyDocument[], call: ServiceCall): boolean {
  const applying = policies
    .flatMap(({ Statement }) => Statement as Statement[] | Statement)
    .filter((statement) => applies(statement, call));
  return (
    applying.some(({ Effect }) => Effect === 'Allow') && !applying.some(({ Effect }) => Effect === 'Deny')
  );
}

function applies(statement: Statement, { principal, action, resource, sourceArn }: ServiceCall): boolean {
  return (
    isFor(statement.Principal, principal) &&
    list(statement.Action).some((pattern) => like(pattern, action)) &&
    list(statement.Resource ?? '*').some((pattern) => like(pattern, resource)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) => holds(operator, keys, sourceArn))
  );
}

function isFor(principal: unknown, service: string): boolean {
  if (principal === '*') return true;
  const services = (principal as { Service?: string | string[] } | undefined)?.Service;
  return services !== undefined && list(services).includes(service);
}

function holds(
  operator: string,
  keys: Readonly<Record<string, string | readonly string[]>>,
  sourceArn: string,
): boolean {
  return Object.entries(keys).every(([key, wanted]) => {
    const value = { 'aws:sourcearn': sourceArn, 'aws:sourceaccount': ACCOUNT }[key.toLowerCase()];
    const compare = {
      ArnLike: arnLike,
      ArnEquals: arnLike,
      StringLike: like,
      StringEquals: (a: string, b: string) => a === b,
    }[operator];
    if (value === undefined || compare === undefined)
      throw new Error(`resource policies with ${operator} on ${key} are not modelled`);
    return list(wanted).some((pattern) => compare(pattern, value));
  });
}

/** Compares ARNs part by part, so a wildcard ends at a colon. */
export function arnLike(pattern: string, arn: string): boolean {
  const [wanted, given] = [pattern, arn].map(
    (text) => /^([^:]*):([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s.exec(text)?.slice(1) ?? [text],
  );
  return (
    wanted?.length === given?.length &&
    (wanted ?? []).every((part, index) => like(part, given?.[index] ?? ''))
  );
}

function like(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

function list<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
