import { invalid } from '../../world/cloudformation/errors.ts';
import { isRecord, type Properties } from './resource-type.ts';
import { TYPES } from './types.ts';

/** The part of a template that is read here. It is JSON. */
export interface Template {
  /** As it was given. */
  readonly body: string;
  readonly Parameters: Readonly<Record<string, Properties>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Properties;
  /** The resources that must be stable before this one is created. */
  readonly after: readonly string[];
}

/**
 * Reads a template's body.
 * @throws AwsError ValidationError, for what is not modelled too
 */
export function readTemplate(body: string): Template {
  const { Parameters = {}, Resources, Outputs = {}, ...rest } = parsed(body);
  const known = ['AWSTemplateFormatVersion', 'Description'];
  const other = Object.keys(rest).find((key) => !known.includes(key));
  if (other !== undefined) throw invalid(`The template's section ${other} is not modelled here`);
  if (!isRecord(Resources)) throw invalid('At least one Resources member must be defined.');
  const ids = Object.keys(Resources);
  return {
    body,
    Parameters: Parameters as Template['Parameters'],
    Resources: Object.fromEntries(
      Object.entries(Resources).map(([id, resource]) => [id, readResource(id, resource, ids)]),
    ),
    Outputs: Outputs as Template['Outputs'],
  };
}

function parsed(body: string): Properties {
  try {
    const read: unknown = JSON.parse(body);
    if (isRecord(read)) return read;
  } catch {
    // A template may be YAML, which is not modelled.
  }
  throw invalid('Template format error: only JSON is modelled here');
}

function readResource(id: string, resource: unknown, ids: readonly string[]): TemplateResource {
  const { Type, Properties = {}, DependsOn = [], ...rest } = isRecord(resource) ? resource : {};
  if (typeof Type !== 'string' || !TYPES.has(Type))
    throw invalid(`Template format error: Unrecognized resource types: [${String(Type)}]`);
  const [other] = Object.keys(rest);
  if (other !== undefined) throw invalid(`${other} of ${id} is not modelled here`);
  const named = [DependsOn].flat().map(String);
  const lost = named.find((one) => !ids.includes(one));
  if (lost !== undefined) throw invalid(`Template format error: Unresolved resource dependencies [${lost}]`);
  const referred = ids.filter((one) => one !== id && refers(Properties, one));
  return { Type, Properties: Properties as Properties, after: [...new Set([...named, ...referred])] };
}

/** Returns whether a value refers to a resource by `Ref`, `Fn::GetAtt` or `Fn::Sub`. */
function refers(value: unknown, id: string): boolean {
  if (Array.isArray(value)) return value.some((one) => refers(one, id));
  if (!isRecord(value)) return false;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Sub': text } = value;
  if (Ref === id) return true;
  if ([attribute].flat()[0] === id) return true;
  const template: unknown = [text].flat()[0];
  if (typeof template === 'string' && new RegExp(`\\$\\{${id}[.}]`).test(template)) return true;
  return Object.values(value).some((one) => refers(one, id));
}
