import { readBundle } from './spellings/bundle.ts';
import { readVersion } from './spellings/function-version.ts';
import { either, type Spelling } from './spellings/spelled.ts';
import { readTemplateVersion } from './spellings/template-version.ts';
import { readDivision } from './spellings/weights.ts';

type Read = (text: string, resource: string) => Spelling;

/** Spellings that pipelines hold, besides the ids and names of Lastgood. */
const KINDS: Readonly<Record<string, Read>> = {
  ecs: (text) => either(text, text.slice(text.lastIndexOf('/') + 1)),
  lambda: readVersion,
  asg: readTemplateVersion,
  codedeploy: readBundle,
  elb: readDivision,
  route53: readDivision,
};

/** Reads a revision of a target. Ids of Lastgood are always clear. */
export function readSpelling(target: string, text: string): Spelling {
  const colon = target.indexOf(':');
  const kind = target.slice(0, colon);
  const read = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  return read === undefined ? either(text) : read(text, target.slice(colon + 1));
}
