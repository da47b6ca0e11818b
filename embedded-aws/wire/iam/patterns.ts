/** Returns whether a request's text matches a policy's text. */
export type Matches = (text: string) => boolean;

/** Compiles a glob: `*` matches any characters or none, `?` exactly one. */
export function glob(pattern: string): Matches {
  return hasWildcards(pattern) ? matching(translated(pattern, '.*', '.')) : (text) => text === pattern;
}

function hasWildcards(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** The resource of an access. */
export interface Resource {
  /** An ARN, or `*`. A `*` here is one character: a policy's wildcards match it, its letters do not. */
  readonly arn: string;
  /** The type's word at the start of the last segment: `service/`. Empty if the segment starts with a name. */
  readonly type: string;
}

/**
 * Compiles a policy's Resource. Wildcards stay within their segment of the ARN; only a `*` at the end of a segment
 * extends beyond its colon. There are six segments, so colons in the last one are ordinary letters.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @throws Error when it is neither `*` nor an ARN, or has a wildcard in the service. The test throws for a type that
 * the policy names with a wildcard (`u*` for `user/`): AWS does not allow it, and does not document the result.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function resourceLike(pattern: string): (resource: Resource) => boolean {
  if (pattern === '*') return () => true;
  const segments = segmentsOf(pattern);
  refuseMisshapen(pattern, segments);
  const matches = hasWildcards(pattern)
    ? matching(segments.map(segmentExpression).join(':'))
    : (arn: string) => arn === pattern;
  const named = segments[ARN_SEGMENTS - 1] ?? '*';
  return ({ arn, type }) => {
    if (!matches(arn)) return false;
    if (named !== '*' && hasWildcards(named.slice(0, type.length)))
      throw new Error(`the resource ${pattern} has a wildcard for its type, ${type}`);
    return true;
  };
}

/**
 * Compiles an ARN in a condition. Each of its six components is compared separately.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 * A value that is no ARN matches nothing, so the negated operators hold. AWS documents neither.
 * @throws Error when the pattern does not have six components; AWS does not document this case
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
  if (hasWildcards(service)) throw new Error(`the resource ${pattern} has a wildcard for its service`);
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

function matching(expression: string): Matches {
  const whole = new RegExp(`^${expression}$`, 's');
  return (text) => whole.test(text);
}
