import type { Parameter } from '@aws-sdk/client-cloudformation';
import { invalid } from '../../world/cloudformation/errors.ts';
import type { Template } from './template.ts';

/** Resolves a public parameter of Parameter Store; null if there is none. */
export type StoredParameter = (name: string) => string | null;

const STORED = /^AWS::SSM::Parameter::Value<.+>$/;

/**
 * Returns the parameters of a new stack, with defaults and with values from Parameter Store.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/parameters-section-structure.html
 * @throws AwsError ValidationError
 */
export function parametersOf(
  { Parameters }: Pick<Template, 'Parameters'>,
  given: readonly Parameter[],
  stored: StoredParameter,
): readonly Parameter[] {
  const unknown = given.find(({ ParameterKey = '' }) => !Object.hasOwn(Parameters, ParameterKey));
  if (unknown !== undefined)
    throw invalid(`Parameters: [${unknown.ParameterKey ?? ''}] do not exist in the template`);
  return Object.entries(Parameters).map(([key, { Type, Default }]) => {
    const value = given.find(({ ParameterKey }) => ParameterKey === key)?.ParameterValue ?? Default;
    if (typeof value !== 'string') throw invalid(`Parameters: [${key}] must have values`);
    if (!STORED.test(String(Type))) return { ParameterKey: key, ParameterValue: value };
    const resolved = stored(value);
    if (resolved === null)
      throw invalid(`Unable to fetch parameters [${value}] from parameter store for this account.`);
    return { ParameterKey: key, ParameterValue: value, ResolvedValue: resolved };
  });
}

/** Returns a parameter as the template sees it: a list where its type is one. */
export function valueOf(
  { Parameters }: Pick<Template, 'Parameters'>,
  parameters: readonly Parameter[],
  name: string,
): unknown {
  const found = parameters.find(({ ParameterKey }) => ParameterKey === name);
  const value = found?.ResolvedValue ?? found?.ParameterValue;
  const type = Parameters[name]?.['Type'];
  const isList = type === 'CommaDelimitedList' || String(type).startsWith('List<');
  return isList ? value?.split(',') : value;
}
