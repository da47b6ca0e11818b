import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ACCOUNT, REGION } from '../../world/aws.ts';
import { identify, type Identity } from './identities.ts';
import { NO_VALUE, resolve, type Scope } from './intrinsics.ts';

type Json = Readonly<Record<string, unknown>>;

/** The supported part of a CloudFormation template. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Type?: string; readonly Default?: unknown }>>;
  readonly Conditions?: Json;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Condition?: string }>>;
}

interface TemplateResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties?: Json;
}

/** One resource of a template: resolved and identified. */
export interface Resource extends Identity {
  readonly id: string;
  readonly type: string;
  readonly properties: Json;
}

export interface Resolved {
  readonly stack: string;
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, string>>;
}

export interface ResolveOptions {
  readonly stack?: string;
  /** Values for the template's parameters; the others have their defaults. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** The last template read, and the file's time of writing. */
let last: { readonly file: string; readonly writtenAt: number; readonly template: Template } | null = null;

/** @throws Error naming the file when it cannot be read or is not JSON */
export function readTemplate(file: string): Template {
  try {
    const writtenAt = statSync(file).mtimeMs;
    if (last?.file === file && last.writtenAt === writtenAt) return last.template;
    const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
    last = { file, writtenAt, template };
    return template;
  } catch (cause) {
    throw new Error(`${path.relative(process.cwd(), file)} is not a packaged template; run npm run package`, {
      cause,
    });
  }
}

/** The name that the Serverless Framework gives a stack: the service and the stage. */
const STACK_NAME = 'lastgood-prod';

/**
 * Resolves a template as CloudFormation would in the embedded account and Region.
 * @throws Error when it refers to an unknown name, or uses an unsupported intrinsic function
 */
export function resolveTemplate(
  template: Template,
  { stack = STACK_NAME, parameters = {} }: ResolveOptions = {},
): Resolved {
  const scope = scopeOf(template, stack, parameters);
  const present = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || scope.condition(Condition),
  );
  const resources = present.map(([id, { Type, Properties = {} }]): Resource => {
    const properties = resolve(Properties, scope) as Json;
    return { id, type: Type, properties, ...identify(stack, id, Type, properties) };
  });
  const outputs = Object.entries(template.Outputs ?? {}).filter(
    ([, { Condition }]) => Condition === undefined || scope.condition(Condition),
  );
  return {
    stack,
    resources,
    outputs: Object.fromEntries(outputs.map(([name, { Value }]) => [name, String(resolve(Value, scope))])),
  };
}

function scopeOf(template: Template, stack: string, parameters: Readonly<Record<string, string>>): Scope {
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': ACCOUNT,
    'AWS::Region': REGION,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack,
    'AWS::NoValue': NO_VALUE,
  };
  const identities = new Map<string, Identity>();
  const identityOf = (id: string): Identity => {
    const known = identities.get(id);
    if (known !== undefined) return known;
    const resource = template.Resources[id];
    if (resource === undefined) throw new Error(`the template has no ${id}`);
    const identity = identify(stack, id, resource.Type, resolve(naming(resource.Properties), scope) as Json);
    identities.set(id, identity);
    return identity;
  };
  const scope: Scope = {
    ref: (name) => {
      if (Object.hasOwn(pseudo, name)) return pseudo[name];
      const parameter = template.Parameters?.[name];
      if (parameter === undefined) return identityOf(name).ref;
      const value = parameters[name] ?? parameter.Default;
      return parameter.Type === 'CommaDelimitedList' ? String(value).split(',') : value;
    },
    attribute: (id, attribute) => {
      const value = identityOf(id).attributes[attribute];
      if (value === undefined) throw new Error(`${id} has no attribute ${attribute} here`);
      return value;
    },
    condition: (name) => resolve(template.Conditions?.[name], scope) === true,
  };
  return scope;
}

/** Returns the properties that name a resource. Only these may be resolved early: the others may refer back to it. */
function naming(properties: Json = {}): Json {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => /Name$|^Path$/.test(key)));
}
