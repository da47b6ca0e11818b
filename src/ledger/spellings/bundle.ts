import type { Revision } from '../../rollback/plan.ts';
import { isVersion, qualifiedIn } from './function-version.ts';
import { isNamed, unclear, type Spelling } from './spelled.ts';

type Compare = (revision: Revision) => boolean;

/** How a text compares with a known revision. Null: the text is not of this form. */
type Form = (text: string) => { readonly is: Compare; readonly mayBe: Compare } | null;

/**
 * Reads a revision of CodeDeploy: a bundle on S3, with or without its query, a commit on GitHub, or a version of a
 * function. A text may have several of these forms.
 */
export function readBundle(text: string): Spelling {
  if (/^d-[A-Z0-9]{9}$/.test(text))
    return unclear(
      `${text} is a deployment, and CodeDeploy may deploy its revision again: name the revision`,
    );
  const forms = [asObject, asFile, asCommit, asVersion].flatMap((form) => form(text) ?? []);
  if (forms.length === 0)
    return unclear(
      `${text} is neither a bundle such as s3://bucket/key, nor a commit such as owner/repository@0123456, nor a version of a function`,
    );
  const isSame = isNamed([text]);
  return {
    state: 'clear',
    is: (revision) => isSame(revision) || forms.some(({ is }) => is(revision)),
    mayBe: (revision) => forms.some(({ mayBe }) => mayBe(revision)),
  };
}

const never: Compare = () => false;

/** `s3://bucket/key`, the ARN of an object, or its address, as S3 and the AWS CLI write them. */
const OBJECTS = [
  /^(?:s3:\/\/|arn:[\w-]+:s3:::)(?<bucket>[^/?]+)\/(?<key>[^?]+)(?:\?(?<query>[^?]*))?$/i,
  /^https:\/\/(?<bucket>[^/?]+)\.s3[.-][^/?]*amazonaws\.com[^/?]*\/(?<key>[^?]+)(?:\?(?<query>[^?]*))?$/i,
  /^https:\/\/s3[.-][^/?]*amazonaws\.com[^/?]*\/(?<bucket>[^/?]+)\/(?<key>[^?]+)(?:\?(?<query>[^?]*))?$/i,
  /^(?![a-z0-9]+:)(?<bucket>[^/?@]+)\/(?<key>[^?@]+)(?:\?(?<query>[^?]*))?$/i,
];

/** Only these two tell one object from a later one under the same key. */
const OBJECT = ['version', 'etag'] as const;

const asObject: Form = (text) => {
  const asked = objectIn(text);
  if (asked === null) return null;
  const compared =
    (compare: (one?: string, other?: string) => boolean): Compare =>
    ({ id }) => {
      const known = objectIn(id);
      return known?.at === asked.at && OBJECT.every((key) => compare(asked.query[key], known.query[key]));
    };
  return {
    is: compared((one, other) => one === other),
    mayBe: compared((one, other) => one === undefined || other === undefined || one === other),
  };
};

function objectIn(text: string) {
  const found = OBJECTS.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  const { bucket, key, query = '' } = found ?? {};
  if (bucket === undefined || key === undefined) return null;
  const values = [...new URLSearchParams(query.replaceAll('"', '').replaceAll('%22', ''))];
  const valueOf = (...names: readonly string[]) =>
    values.find(([name]) => names.includes(name.toLowerCase()))?.[1];
  return {
    at: `${bucket}/${key}`,
    query: { version: valueOf('version', 'versionid'), etag: valueOf('etag') },
  };
}

/** `v2.zip`: the name that Lastgood shows, without what tells two objects apart. */
const asFile: Form = (text) => {
  if (!/^[^/@:]+$/.test(text) || !/[.(]/.test(text)) return null;
  return { is: never, mayBe: ({ id, name }) => id.startsWith('s3://') && name.startsWith(`${text} (`) };
};

/** `owner/repository@commit`, the address of a commit, or a commit, each of at least seven digits. */
const COMMITS = [
  /^(?:github:)?(?<repository>[^@/\s]+\/[^@/\s]+)@(?<commit>[0-9a-f]{7,40})$/i,
  /^https:\/\/github\.com\/(?<repository>[^@/\s]+\/[^@/\s]+)\/commit\/(?<commit>[0-9a-f]{7,40})$/i,
  /^(?:(?<repository>[^@/\s]+)@)?(?<commit>[0-9a-f]{7,40})$/i,
];

/** GitHub takes the names of owners and repositories in any case. */
const asCommit: Form = (text) => {
  const asked = commitIn(text);
  if (asked === null) return null;
  return {
    is: ({ id }) => {
      const known = commitIn(id);
      if (known === null) return false;
      return known.repository === asked.repository && known.commit === asked.commit;
    },
    mayBe: ({ id }) => {
      const known = id.startsWith('github:') ? commitIn(id) : null;
      if (known === null) return false;
      const { repository = '' } = asked;
      return known.commit.startsWith(asked.commit) && `/${known.repository ?? ''}`.endsWith(tail(repository));
    },
  };
};

/** Returns the end that the name of a repository has: `/checkout` of `checkout`. */
function tail(repository: string): string {
  return repository === '' ? '' : `/${repository}`;
}

function commitIn(text: string) {
  const found = COMMITS.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  const { repository, commit } = found ?? {};
  return commit === undefined
    ? null
    : { repository: repository?.toLowerCase(), commit: commit.toLowerCase() };
}

/** `checkout:7` or the ARN of a version. An AppSpec may name the function in either way. */
const asVersion: Form = (text) => {
  const asked = qualifiedIn(text);
  if (asked === null || !isVersion(asked.qualifier)) return null;
  return {
    is: ({ id }) => {
      const known = qualifiedIn(id);
      if (known === null || known.qualifier !== asked.qualifier) return false;
      return asked.name === undefined || asked.name === known.name;
    },
    mayBe: never,
  };
};
