import { describe, expect, it } from 'vitest';
import { settingTraits } from '../../../src/rollback/setting-traits.ts';
import { changesBetween } from '../../../src/rollback/traits.ts';

const naming = {
  before: 'launch template ',
  shown: new Set(['Options', 'Groups', 'Devices', 'Since', 'Nested', 'Flag']),
  ignored: new Set(['Version']),
};
const changes = (from: object, to: object) =>
  changesBetween(settingTraits(from, naming), settingTraits(to, naming));

describe('the settings of a revision', () => {
  it('name the part that differs', () => {
    expect(
      changes({ Options: { Tokens: 'required', Hops: 1 } }, { Options: { Tokens: 'optional', Hops: 1 } }),
    ).toEqual(['launch template Options.Tokens: required → optional']);
  });

  it('name the items of a list by what names them, or else by their place', () => {
    const device = (DeviceName: string, VolumeSize: number) => ({ DeviceName, Ebs: { VolumeSize } });
    expect(
      changes(
        { Devices: [device('/dev/xvda', 30), device('/dev/xvdb', 8)] },
        { Devices: [device('/dev/xvdb', 8), device('/dev/xvda', 20)] },
      ),
    ).toEqual(['launch template Devices[/dev/xvda].Ebs.VolumeSize: 30 → 20']);
    expect(changes({ Nested: [{ a: 1 }, [{ b: 1 }]] }, { Nested: [{ a: 2 }, [{ b: 2 }]] })).toEqual([
      'launch template Nested[0].a: 1 → 2',
      'launch template Nested[1][0].b: 1 → 2',
    ]);
  });

  it('name an item that has nothing but its name', () => {
    expect(changes({ Devices: [{ DeviceName: '/dev/xvdb' }, null] }, {})).toEqual([
      'launch template Devices[/dev/xvdb]: set → none',
    ]);
  });

  it('have lists of names in any order', () => {
    expect(changes({ Groups: ['sg-1', 'sg-2'] }, { Groups: ['sg-2', 'sg-1'] })).toEqual([]);
    expect(changes({ Groups: ['sg-1', 'sg-2'] }, { Groups: ['sg-1'] })).toEqual([
      'launch template Groups: sg-1, sg-2 → sg-1',
    ]);
  });

  it('are absent where they are empty', () => {
    expect(changes({ Groups: [], Options: {}, Since: null, Flag: '' }, {})).toEqual([]);
    expect(changes({ Flag: false }, {})).toEqual(['launch template Flag: false → none']);
  });

  it('are compared and never shown where they may hold a secret, or are not known', () => {
    expect(changes({ UserData: 'b3Blbi1zZXNhbWU=' }, { UserData: 'c2VjcmV0' })).toEqual([
      'launch template UserData: another value',
    ]);
    expect(changes({ New: { Token: 'open-sesame' } }, {})).toEqual(['launch template New: set → none']);
    expect(changes({ New: [] }, {})).toEqual([]);
  });

  it('are not those that name the revision itself', () => {
    expect(changes({ Version: 8 }, { Version: 7 })).toEqual([]);
  });

  it('may be times', () => {
    expect(changes({ Since: new Date(0) }, {})).toEqual([
      'launch template Since: 1970-01-01T00:00:00.000Z → none',
    ]);
    expect(changesBetween(settingTraits({ A: 1 }, { shown: new Set('A') }), {})).toEqual(['A: 1 → none']);
  });
});
