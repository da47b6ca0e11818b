import { AwsError, type Access } from '../world/service.ts';
import { callerArn, OPERATOR } from './callers.ts';
import { contextOf } from './iam/context.ts';
import { evaluate, type Decision } from './iam/evaluate.ts';
import { readPolicy, type PolicyDocument, type Question, type Statement } from './iam/policy.ts';
import { refer } from './iam/reference.ts';
import { deniesOfOwn, readResourceStatement } from './iam/resource-policy.ts';

export type { PolicyDocument };

/** One question to IAM, with the answer. The context has every key of the access, whether or not IAM uses it. */
export interface Decided {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
  /** The statements of the resource's own policy; empty if it has none. */
  readonly resourcePolicy: readonly unknown[];
  readonly isAllowed: boolean;
}

/** Returns the statements of a resource's policy, by its ARN. */
export type ResourcePolicies = (resource: string) => readonly unknown[];

/**
 * Decides whether a role has a permission: by its own policies, and by the resource policy's denials. No role of the
 * template needs an Allow of a resource policy. There are no boundaries and no service control policies.
 */
export class Iam {
  readonly #policies: (role: string) => readonly PolicyDocument[];
  readonly #ofResources: ResourcePolicies;
  readonly #read = new Map<string, Promise<readonly Statement[]>>();
  /** Cached answers; null if the access is allowed. No decision changes with time. */
  readonly #decided = new Map<
    string,
    { readonly role: string; readonly access: Access; readonly refusal: AwsError | null }
  >();

  constructor(
    policies: (role: string) => readonly PolicyDocument[],
    ofResources: ResourcePolicies = () => [],
  ) {
    this.#policies = policies;
    this.#ofResources = ofResources;
  }

  /**
   * @throws AwsError AccessDeniedException at the first access that is not allowed
   * @throws Error when a policy or an access is not one that AWS could have, or has what is not modelled
   */
  async authorize(role: string, accesses: readonly Access[]): Promise<void> {
    for (const access of accesses) {
      const asked = `${role} ${spelled(access)}`;
      const known = this.#decided.get(asked);
      const refusal = known === undefined ? await this.#refusal(role, access) : known.refusal;
      if (known === undefined) this.#decided.set(asked, { role, access: kept(access), refusal });
      if (refusal !== null) throw refusal;
    }
  }

  /**
   * Decides as IAM's simulator does: by the role's own policies, and with no other condition keys than those given.
   * @throws Error when there is no such action, or when it is never asked about on such a resource
   */
  async simulate(
    role: string,
    { action, resource, context }: Pick<Decided, 'action' | 'resource' | 'context'>,
  ): Promise<Decision> {
    const { type, supports } = await refer(action, resource);
    const given = Object.entries(context)
      .filter(([key]) => supports(key))
      .map(([key, values]) => [key.toLowerCase(), values] as const);
    const question = { action, resource: { arn: resource, type }, context: new Map(given) };
    return evaluate(await this.#statements(role), question);
  }

  /** Returns every question so far, once. The operator's are none: no policy decides on them. */
  decided(): readonly Decided[] {
    return [...this.#decided.values()]
      .filter(({ role }) => role !== OPERATOR)
      .map(({ role, access, refusal }) => ({
        role,
        action: access.action,
        resource: access.resource,
        context: Object.fromEntries(contextOf(role, access, () => true)),
        resourcePolicy: this.#ofResources(access.resource),
        isAllowed: refusal === null,
      }));
  }

  async #refusal(role: string, access: Access): Promise<AwsError | null> {
    const denies = await this.#denies(access.resource);
    if (denies.length > 0 && evaluate(denies, await questionOf(role, access)) === 'explicitly-denied')
      return denial(role, access, 'with an explicit deny in a resource-based policy');
    if (role === OPERATOR) return null;
    const decision = evaluate(await this.#statements(role), await questionOf(role, access));
    return decision === 'allowed' ? null : denial(role, access, reasonOf(access, decision));
  }

  async #denies(resource: string): Promise<readonly Statement[]> {
    return deniesOfOwn(await Promise.all(this.#ofResources(resource).map(readResourceStatement)));
  }

  #statements(role: string): Promise<readonly Statement[]> {
    const statements = this.#read.get(role) ?? readAll(this.#policies(role));
    this.#read.set(role, statements);
    return statements;
  }
}

/** Returns the cache key of an access. Most have neither tags nor conditions. */
function spelled({ action, resource, tags, conditions }: Access): string {
  const more = tags === undefined && conditions === undefined ? '' : JSON.stringify([tags, conditions]);
  return `${action} ${resource} ${more}`;
}

async function readAll(policies: readonly PolicyDocument[]): Promise<readonly Statement[]> {
  return (await Promise.all(policies.map(readPolicy))).flat();
}

async function questionOf(role: string, access: Access): Promise<Question> {
  const { action, resource } = access;
  const { type, supports } = await refer(action, resource).catch((cause: unknown) => {
    throw new Error(`the model of ${action} asks about ${resource}, ${messageOf(cause)}`, { cause });
  });
  return { action, resource: { arn: resource, type }, context: contextOf(role, access, supports) };
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/**
 * Returns the reason of a denial, in the words of
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
function reasonOf({ action }: Access, decision: Decision): string {
  return decision === 'explicitly-denied'
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${action} action`;
}

function denial(role: string, { action, resource, refusal }: Access, why: string): AwsError {
  if (refusal !== undefined) return refusal;
  return new AwsError(
    'AccessDeniedException',
    `User: ${callerArn(role)} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
  );
}

/** Copies the tags, because a resource changes them in place. */
function kept(access: Access): Access {
  return access.tags === undefined ? access : { ...access, tags: { ...access.tags } };
}
