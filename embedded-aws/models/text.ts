import { TYPES } from '../runtime/cloudformation/types.ts';
import { IGNORED, MODELLED } from '../runtime/stack/read.ts';
import { codeOf, pagesIn } from './code.ts';
import { modelledServices, type Modelled } from './modelled.ts';

export const BEGIN = '<!-- models: npm run models -->\n<!-- prettier-ignore-start -->';
export const END = '<!-- prettier-ignore-end -->\n<!-- end of models -->';

/** Code outside the services that also follows pages of AWS. */
const BESIDE: readonly string[] = [
  'world/traffic',
  'runtime/api',
  'runtime/deliveries.ts',
  'runtime/resource-policy.ts',
  'runtime/stack',
  'wire',
];

/** Replaces a README's generated part. */
export function insert(readme: string, models: string): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('the README has no place for the models');
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${models}\n\n${readme.slice(end)}`;
}

/** Returns the list of modelled services as Markdown. */
export function modelsText(services: readonly Modelled[] = modelledServices()): string {
  const count = services.reduce((sum, { operations }) => sum + operations.length, 0);
  return [
    `${count} operations of ${new Set(services.map(({ signingName }) => signingName)).size} services.`,
    '',
    '| service | what is modelled | operations |',
    '| --- | --- | --- |',
    ...services.map(row),
    '',
    `Resources of a template that are created: ${listed(MODELLED)}.`,
    '',
    `Resources that change nothing here and are passed over: ${listed(IGNORED)}.`,
    '',
    `Resources that CloudFormation's API creates: ${listed(new Set(TYPES.keys()))}.`,
    '',
    '<details>',
    '<summary>Pages that the code names</summary>',
    '',
    ...services.map(codeOf).flatMap(({ place, pages }) => pagesLines(place, pages)),
    ...BESIDE.flatMap((place) => pagesLines(place, pagesIn(place))),
    '',
    '</details>',
  ].join('\n');
}

function row(service: Modelled): string {
  const { place, note } = codeOf(service);
  return `| [\`${service.signingName}\`](${place}) | ${note} | ${listed(service.operations)} |`;
}

function listed(names: Iterable<string>): string {
  return [...names].map((name) => `\`${name}\``).join(', ');
}

function pagesLines(place: string, pages: readonly string[]): readonly string[] {
  return pages.length === 0 ? [] : [`- [\`${place}\`](${place})`, ...pages.map((page) => `  - ${page}`)];
}
