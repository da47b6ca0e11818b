import type { Revision } from '../../rollback/plan.ts';
import { either, isNamed, unclear, type Side, type Sides, type Spelling } from './spelled.ts';

/** `90 % blue and 10 % green`, and `blue=255@1f0c22ab green=0 since 2026-11-22T03:04:00.000Z`. */
export const WEIGHTS =
  /^(?:\d{1,3} % \S+(?: and \d{1,3} % \S+)+|[^\s=]+=\d{1,3}\S*(?: [^\s=]+=\d{1,3}\S*)*(?: since \d{4}-\S+)?)/;

/**
 * Reads weights: `checkout-blue/6d0ecf831eec9f09=1`, in any order and any unit, with or without what stood behind a side
 * and since when. A name such as `90 % blue and 10 % green` is compared with the names.
 */
export function readDivision(text: string): Spelling {
  if (!/=/.test(text)) return named(text);
  const asked = sidesIn(text);
  if (asked === null) return unclear(`${text} is no weights, such as checkout-blue/6d0ecf831eec9f09=1`);
  const isSame = isNamed([text]);
  return {
    state: 'clear',
    is: isSame,
    mayBe: (revision) => isAlike(asked, revision),
    // Weights alone are a whole request: the mechanism reads what stands behind each side.
    isWhole: true,
    sides: asked,
  };
}

function named(text: string): Spelling {
  const sides = sidesNamed(text);
  return { ...either(text), ...(sides !== null && { sides }) };
}

/** Reads the sides of a name: `checkout-green`, `90 % blue and 10 % green`. Null: the name has none. */
function sidesNamed(text: string): Sides | null {
  if (/^\S+$/.test(text)) return new Map([[text, { weight: 1 }]]);
  const parts = text.split(' and ').map((part) => /^(\d{1,3}) % (\S+)$/.exec(part));
  const sides = parts.flatMap((part) =>
    part === null ? [] : [[part[2] ?? '', { weight: Number(part[1]) }] as const],
  );
  return sides.length < parts.length ? null : new Map(sides);
}

function isAlike(asked: Sides, { id }: Revision): boolean {
  const known = sidesIn(id);
  if (known?.size !== asked.size) return false;
  return [...asked].every(([side, one]) => {
    const other = known.get(side) ?? ofGroup(known, side);
    return other?.weight === one.weight && mayStand(one.behind, other.behind);
  });
}

/** Returns the side of a target group that was named without its id. */
function ofGroup(known: Sides, name: string): Side | undefined {
  return [...known].find(([side]) => side.startsWith(`${name}/`))?.[1];
}

/** Says whether a side is not known to have had something else behind it. */
export function mayStand(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one.startsWith(other) || other.startsWith(one);
}

const PART = /^([^=\s]+)=(\d{1,3})(?:@([0-9a-f.]{8,21}))?$/;

/** Returns the sides with traffic. Weights are relative, so they have no common divisor. Null: it is no weights. */
export function sidesIn(text: string): Sides | null {
  const parts = text
    .replace(/ since \S+$/, '')
    .split(' ')
    .map((part) => PART.exec(part));
  const sides = parts.flatMap((part) => (part === null ? [] : [sideOf(part)]));
  if (sides.length < parts.length) return null;
  const served = sides.some(([, { weight }]) => weight > 0)
    ? sides.filter(([, { weight }]) => weight > 0)
    : sides;
  const divisor = served.reduce((common, [, { weight }]) => commonDivisor(common, weight), 0) || 1;
  return new Map(served.map(([side, one]) => [side, { ...one, weight: one.weight / divisor }]));
}

function sideOf([, side = '', weight, behind]: RegExpExecArray): readonly [string, Side] {
  return [
    side.replace(/^arn:.*:targetgroup\//, ''),
    { weight: Number(weight), ...(behind !== undefined && { behind }) },
  ];
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}
