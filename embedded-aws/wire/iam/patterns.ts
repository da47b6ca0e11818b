/** Whether a text of the request is what a text of the policy says. */
export type Matches = (text: string) => boolean;

/** `*` stands for any characters or none, `?` for exactly one. */
export function glob(pattern: string, flags = ''): Matches {
  return matching(translated(pattern, '.*', '.'), flags);
}

/** The resource that a question is about. */
export interface Resource {
  /** An ARN, or `*`. A `*` here is one more letter, that a policy's wildcards match and its letters do not. */
  readonly arn: string;
  /** The word for its type, that the last segment begins with: `service/`. Empty where that is a name. */
  readonly type: string;
}

/**
 * A Resource of a policy. Wildcards stay within their segment of the ARN, only a `*` that ends a segment reaches beyond
 * its colon. The segments are the six of every ARN, so that colons in the last one are letters like any other.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @throws Error when it is neither `*` nor an ARN, or has a wildcard where the service stands. Throws when asked about a
 * type that it names with a wildcard (`u*` for `user/`): AWS does not allow it, and does not say what it does then.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function resourceLike(pattern: string): (resource: Resource) => boolean {
  if (pattern === '*') return () => true;
  const segments = segmentsOf(pattern);
  refuseMisshapen(pattern, segments);
  const matches = matching(segments.map(segmentExpression).join(':'));
  const named = segments[ARN_SEGMENTS - 1] ?? '*';
  return ({ arn, type }) => {
    if (!matches(arn)) return false;
    if (named !== '*' && /[*?]/.test(named.slice(0, type.length)))
      throw new Error(`the resource ${pattern} has a wildcard for its type, ${type}`);
    return true;
  };
}

/**
 * An ARN in a condition: each of its six components is compared by itself.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 * A value that is no ARN matches nothing, so that the negated operators hold: AWS documents neither.
 * @throws Error when the pattern has not six components; what AWS does then is not documented
 */
export function arnLike(pattern: string): Matches {
  const components = segmentsOf(pattern);
  if (components.length !== ARN_SEGMENTS) throw new Error(`${pattern} has not the six components of an ARN`);
  const tests = components.map((component) => glob(component));
  return (text) => {
    const given = segmentsOf(text);
    return given.length === ARN_SEGMENTS && given.every((component, i) => tests[i]?.(component) === true);
  };
}

/** `arn:partition:service:region:account:resource` */
const ARN_SEGMENTS = 6;

function segmentsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  const last = ARN_SEGMENTS - 1;
  return parts.length <= last ? parts : [...parts.slice(0, last), parts.slice(last).join(':')];
}

function refuseMisshapen(pattern: string, [scheme, , service = '*', ...rest]: readonly string[]): void {
  const whole = rest.length === ARN_SEGMENTS - 3 || pattern.endsWith('*');
  if (scheme !== 'arn' || !whole) throw new Error(`the resource ${pattern} is neither an ARN nor *`);
  if (/[*?]/.test(service)) throw new Error(`the resource ${pattern} has a wildcard for its service`);
}

function segmentExpression(segment: string, i: number): string {
  if (i === ARN_SEGMENTS - 1) return translated(segment, '.*', '.');
  const within = translated(segment.replace(/\*$/, ''), '[^:]*', '[^:]');
  return segment.endsWith('*') ? `${within}.*` : within;
}

function translated(pattern: string, many: string, one: string): string {
  return pattern.replace(/[\\^$.*+?()[\]{}|]/g, (letter) =>
    letter === '*' ? many : letter === '?' ? one : `\\${letter}`,
  );
}

function matching(expression: string, flags = ''): Matches {
  const whole = new RegExp(`^${expression}$`, `s${flags}`);
  return (text) => whole.test(text);
}
