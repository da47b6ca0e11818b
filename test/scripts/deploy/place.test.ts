import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { maxStageLength, placeOf } from '../../../scripts/deploy/place.ts';
import { REGIONS } from '../../../scripts/deploy/regions.ts';

describe('the place of a deployment', () => {
  beforeEach(() => vi.stubEnv('AWS_REGION', ''));
  afterEach(() => vi.unstubAllEnvs());

  it('is prod in eu-west-1 when left out', () => {
    expect(placeOf()).toEqual({ stage: 'prod', region: 'eu-west-1' });
  });

  it('is in the Region of the environment, unless another one is given', () => {
    vi.stubEnv('AWS_REGION', 'us-east-1');
    expect(placeOf('dev')).toEqual({ stage: 'dev', region: 'us-east-1' });
    expect(placeOf('dev', 'eu-west-1')).toEqual({ stage: 'dev', region: 'eu-west-1' });
    vi.stubEnv('AWS_REGION', 'us-east-9');
    expect(() => placeOf()).toThrow('the Region "us-east-9" is none');
  });

  it.each(['prod', 'staging', 'a', 'team-a', 'Prod2'])('may be the stage %s in every Region', (stage) => {
    for (const region of REGIONS) expect(placeOf(stage, region)).toEqual({ stage, region });
  });

  it.each(['', ' ', '-prod', 'prod-', 'a--b', 'pro d', 'pröd', '../x', 'a_b', '$(id)'])(
    'is not the stage %j',
    (stage) => {
      expect(() => placeOf(stage)).toThrow('must be letters and digits, and hyphens between them');
    },
  );

  it('has a stage whose role names IAM takes', () => {
    expect(maxStageLength('eu-west-1')).toBe(15);
    expect(() => placeOf('a'.repeat(15))).not.toThrow();
    expect(() => placeOf('a'.repeat(16))).toThrow('has 16 characters: in eu-west-1 it may have 15');
    expect(() => placeOf('productions', 'ap-southeast-1')).toThrow('in ap-southeast-1 it may have 10');
  });

  it.each(['', 'eu-west-9', 'ap-southeast-6', 'cn-north-1', 'EU-WEST-1', 'eu-west-1a'])(
    'is not the Region %j',
    (region) => {
      expect(() => placeOf('prod', region)).toThrow(
        `the Region "${region}" is none that Lastgood can run in`,
      );
    },
  );
});
