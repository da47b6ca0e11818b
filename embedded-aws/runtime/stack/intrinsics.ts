/** The values that intrinsic functions refer to. */
export interface Scope {
  /** Returns the value of `Ref`: a parameter, a pseudo parameter or a resource. */
  ref(name: string): unknown;
  /** Returns the value of `Fn::GetAtt`. */
  attribute(resource: string, attribute: string): unknown;
  /** Returns whether a condition of the template holds. */
  condition(name: string): boolean;
}

/** The value of `Ref: AWS::NoValue`: it removes its property. */
export const NO_VALUE = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => scope.ref(name as string),
  'Fn::GetAtt': (argument, scope) => {
    const [resource, ...attribute] =
      typeof argument === 'string' ? argument.split('.') : (argument as string[]);
    return scope.attribute(resource ?? '', attribute.join('.'));
  },
  'Fn::Join': (argument, scope) => {
    const [delimiter, parts] = argument as [string, unknown];
    return (resolve(parts, scope) as unknown[]).map(String).join(delimiter);
  },
  'Fn::Sub': (argument, scope) => {
    const [text, names] = Array.isArray(argument)
      ? (argument as [string, Record<string, unknown>])
      : [argument as string, {}];
    return substitute(text, names, scope);
  },
  'Fn::Base64': (text, scope) => Buffer.from(String(resolve(text, scope))).toString('base64'),
  'Fn::Select': (argument, scope) => {
    const [index, list] = argument as [unknown, unknown];
    return (resolve(list, scope) as unknown[])[Number(resolve(index, scope))];
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, text] = argument as [string, unknown];
    return String(resolve(text, scope)).split(delimiter);
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = argument as [string, unknown, unknown];
    return resolve(scope.condition(name) ? yes : no, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = (argument as unknown[]).map((side) => JSON.stringify(resolve(side, scope)));
    return left === right;
  },
  'Fn::Not': (argument, scope) => !(argument as unknown[]).some((term) => resolve(term, scope) === true),
  'Fn::And': (argument, scope) => (argument as unknown[]).every((term) => resolve(term, scope) === true),
  'Fn::Or': (argument, scope) => (argument as unknown[]).some((term) => resolve(term, scope) === true),
  Condition: (name, scope) => scope.condition(name as string),
};

/**
 * Resolves every intrinsic function in a value.
 * @throws Error on an unsupported function, rather than leaving it unresolved
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.map((item) => resolve(item, scope)).filter((item) => item !== NO_VALUE);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, unknown>);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const [name, argument] = only;
    // `Condition` is also the name of a property of policy statements, whose value is an object.
    const intrinsic = name === 'Condition' && typeof argument !== 'string' ? undefined : INTRINSICS[name];
    if (intrinsic !== undefined) return intrinsic(argument, scope);
    if (name.startsWith('Fn::')) throw new Error(`the embedded AWS does not resolve ${name}`);
  }
  const resolved = entries.map(([key, item]) => [key, resolve(item, scope)] as const);
  return Object.fromEntries(resolved.filter(([, item]) => item !== NO_VALUE));
}

function substitute(text: string, names: Record<string, unknown>, scope: Scope): string {
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (Object.hasOwn(names, name)) return String(resolve(names[name], scope));
    const [resource, ...attribute] = name.split('.');
    return String(
      attribute.length === 0 ? scope.ref(name) : scope.attribute(resource ?? '', attribute.join('.')),
    );
  });
}
