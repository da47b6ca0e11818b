import { globSync } from 'node:fs';
import path from 'node:path';
import { WrongUse } from '../command-line/status.ts';
import { REGIONS } from './regions.ts';

/** Where one installation of Lastgood is. */
export interface Place {
  readonly stage: string;
  readonly region: string;
}

/**
 * The longest role name that IAM accepts: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const MAX_ROLE_NAME_LENGTH = 64;

/** Used where neither `--region` nor AWS_REGION is given. */
const DEFAULT_REGION = 'eu-west-1';

/**
 * Reads `--stage` and `--region`; AWS_REGION stands in for the second. The stage is part of every name, and the longest
 * name is that of a role (scripts/roles.cjs). Stack names take letters, digits and hyphens.
 * @throws WrongUse
 */
export function placeOf(stage = 'prod', region = regionOfEnvironment()): Place {
  if (!REGIONS.includes(region))
    throw new WrongUse(
      `the Region ${JSON.stringify(region)} is none that Lastgood can run in: ${REGIONS.join(', ')}`,
    );
  if (!/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/.test(stage))
    throw new WrongUse(
      `--stage ${JSON.stringify(stage)} must be letters and digits, and hyphens between them`,
    );
  const max = maxStageLength(region);
  if (stage.length > max)
    throw new WrongUse(
      `--stage ${stage} has ${stage.length} characters: in ${region} it may have ${max}, because role names have a limit`,
    );
  return { stage, region };
}

function regionOfEnvironment(): string {
  const { AWS_REGION = '' } = process.env;
  return AWS_REGION === '' ? DEFAULT_REGION : AWS_REGION;
}

/** Returns how long a stage's name may be in a Region. */
export function maxStageLength(region: string): number {
  const others = Math.max(
    ...functionKeys().map((key) => ['lastgood', '', key, region, 'role'].join('-').length),
  );
  return MAX_ROLE_NAME_LENGTH - others;
}

/** Returns the keys of the functions in serverless.yml: `guard`, `mechanism-ecs`. */
function functionKeys(): readonly string[] {
  const root = path.join(import.meta.dirname, '../..');
  return globSync(['functions/*/function.yml', 'functions/mechanisms/*/function.yml'], { cwd: root }).map(
    (file) => path.relative('functions', path.dirname(file)).replace(`mechanisms${path.sep}`, 'mechanism-'),
  );
}
