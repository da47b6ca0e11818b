import { GetRoleCommand, paginateSimulatePrincipalPolicy, type IAMClient } from '@aws-sdk/client-iam';
import type { Caller } from './caller.ts';
import type { Place } from './place.ts';
import { statementsOf, type Statement } from './policy.ts';

/** Whether the caller may deploy. */
export type Checked =
  | { readonly is: 'checked'; readonly missing: readonly string[] }
  | { readonly is: 'unchecked'; readonly because: string };

/**
 * Asks IAM what the caller may not do. Reads the caller's own policies, boundary and organization, and no policy of a
 * resource. So it leaves out KMS, where the key's policy decides.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function check(client: IAMClient, caller: Caller, place: Place): Promise<Checked> {
  if (caller.arn.endsWith(':root')) return { is: 'checked', missing: [] };
  try {
    const source = await sourceOf(client, caller);
    if (source === null) return { is: 'unchecked', because: `IAM simulates no policies of ${caller.arn}` };
    const asked = statementsOf(place.stage).filter(({ Sid }) => Sid !== 'Kms');
    const denied = await Promise.all(
      asked.map((statement) => deniedIn(client, source, statement, caller, place)),
    );
    return { is: 'checked', missing: denied.flat().toSorted() };
  } catch (error) {
    return {
      is: 'unchecked',
      because: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    };
  }
}

/** Returns the ARN that has the caller's policies. A session is of a role, whose path only IAM knows. */
async function sourceOf(client: IAMClient, { arn }: Caller): Promise<string | null> {
  const [, partition, account, role] = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (role === undefined) return arn.includes(':user/') ? arn : null;
  const guess = `arn:${partition}:iam::${account}:role/${role}`;
  const found = await client.send(new GetRoleCommand({ RoleName: role })).catch(() => null);
  return found?.Role?.Arn ?? guess;
}

/** Returns the actions of a statement that are denied on each of its resources. */
async function deniedIn(
  client: IAMClient,
  source: string,
  { Action, Resource, Condition }: Statement,
  { account }: Caller,
  { region }: Place,
): Promise<readonly string[]> {
  const context = Object.values(Condition ?? {}).flatMap((keys) => Object.entries(keys));
  const input = {
    PolicySourceArn: source,
    ActionNames: [...Action],
    ResourceArns: Resource.map((arn) => example(arn, account, region)),
    ContextEntries: context.map(([ContextKeyName, [value = '']]) => ({
      ContextKeyName,
      ContextKeyType: 'string' as const,
      ContextKeyValues: [value],
    })),
  };
  const allowed = new Set<string>();
  for await (const { EvaluationResults = [] } of paginateSimulatePrincipalPolicy({ client }, input))
    for (const { EvalActionName = '', EvalDecision } of EvaluationResults)
      if (EvalDecision === 'allowed') allowed.add(EvalActionName);
  return Action.filter((action) => !allowed.has(action));
}

/** Returns an ARN that a pattern matches. IAM simulates concrete resources. */
function example(pattern: string, account: string, region: string): string {
  if (pattern === '*') return '*';
  const [arn = '', partition = '', service = '', where = '', who = '', ...rest] = pattern.split(':');
  const named = [arn, partition, service, where === '*' ? region : where, who === '*' ? account : who];
  return [...named, rest.join(':').replaceAll('*', 'x')].join(':');
}
