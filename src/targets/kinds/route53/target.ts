import type { Kind } from '../../kind.ts';

/** A weighted record as a target names it: `Z3M3LMPEXAMPLE/www.example.com/A`. */
export interface RecordName {
  readonly zone: string;
  /** The form of IAM's condition keys: no dot at the end, codes for special characters, but a plain `*`. */
  readonly name: string;
  readonly type: string;
}

const ZONE = /^Z[A-Z0-9]{1,31}$/;

/** One label, in the form that Route 53 returns, so that each record has one name only. */
const LABEL = /^(?:[a-z0-9_-]|\\[0-7]{3}){1,252}$/;

/** Types that can be weighted (API_ResourceRecordSet, Amazon Route 53). */
const TYPES = [
  ...[
    'A',
    'AAAA',
    'CAA',
    'CNAME',
    'HTTPS',
    'MX',
    'NAPTR',
    'PTR',
    'SPF',
    'SRV',
    'SSHFP',
    'SVCB',
    'TLSA',
    'TXT',
  ],
];

/** Splits `Z3M3LMPEXAMPLE/www.example.com/A`. The name was checked when the target was read. */
function readName(text: string): RecordName {
  const [zone = '', name = '', type = ''] = text.split('/');
  return { zone, name, type };
}

/**
 * Returns the record in a target string: `Z3M3LMPEXAMPLE/www.example.com/A` of
 * `route53:Z3M3LMPEXAMPLE/www.example.com/A`.
 */
export function recordOf(target: string): RecordName {
  return readName(target.slice(target.indexOf(':') + 1));
}

/** Returns the name as Route 53 lists it: `\052.example.com.` of `*.example.com`. */
export function listedName({ name }: RecordName): string {
  return `${name.replace(/^\*(?=\.)/, '\\052')}.`;
}

/** Returns the target of a listed record. */
export function targetOf(zone: string, listed: string, type: string): string {
  return `route53:${zone}/${listed.replace(/\.$/, '').replace(/^\\052(?=\.)/, '*')}/${type}`;
}

function problemOf(text: string): string | null {
  const parts = text.split('/');
  if (parts.length !== 3)
    return `${JSON.stringify(text)} must be a hosted zone, a record and a type: Z3M3LMPEXAMPLE/www.example.com/A`;
  const { zone, name, type } = readName(text);
  if (!ZONE.test(zone))
    return `${JSON.stringify(zone)} is not the id of a hosted zone, such as Z3M3LMPEXAMPLE`;
  if (!TYPES.includes(type))
    return `${JSON.stringify(type)} is not a type of record that can be weighted: ${TYPES.join(', ')}`;
  return isListed(name)
    ? null
    : `${JSON.stringify(name)} must be a record's name as Route 53 lists it: in lower case, with no dot at the end, and with codes such as \\057 for special characters`;
}

function isListed(name: string): boolean {
  const labels = name.split('.');
  return name.length <= 1024 && labels.every((label, i) => LABEL.test(label) || (i === 0 && label === '*'));
}

/**
 * `route53:zone/name/type`: weighted records. No metric has their name as a dimension, so an alarm names the target by
 * a tag. AWS sends no event when they change, so the sweep reads them. Records have no tags; their zones do.
 */
export const kind: Kind = {
  name: 'route53',
  problemOf,
  fromDimensions: () => null,
  fromArn: () => null,
  fromDeploymentEvent: () => null,
  reads: {
    plan: [{ quota: 'route53', calls: 1 }],
    revert: [{ quota: 'route53', calls: 2 }],
    readiness: [{ quota: 'route53', calls: 4 }],
  },
};
