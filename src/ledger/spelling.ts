import type { Revision } from '../rollback/plan.ts';

/** A revision as a person or a pipeline wrote it. */
export type Spelling =
  | {
      readonly state: 'clear';
      readonly is: (revision: Revision) => boolean;
      /** Says whether it may be this one, because the text leaves out what tells two apart. */
      readonly mayBe: (revision: Revision) => boolean;
    }
  /** It names no fixed revision of this kind. `why` is a clause. */
  | { readonly state: 'unclear'; readonly why: string };

type Read = (text: string, resource: string) => Spelling;

/** Spellings that pipelines hold, besides the ids and names of Lastgood. */
const KINDS: Readonly<Record<string, Read>> = {
  ecs: (text) => either(text, text.slice(text.lastIndexOf('/') + 1)),
  lambda: readVersion,
  asg: readTemplateVersion,
  codedeploy: readBundle,
};

/** Reads a revision of a target. Ids and names of Lastgood are always clear. */
export function readSpelling(target: string, text: string): Spelling {
  const colon = target.indexOf(':');
  const kind = target.slice(0, colon);
  const read = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  return read === undefined ? either(text) : read(text, target.slice(colon + 1));
}

/** Clear: the id or the name is one of these texts. */
function either(...texts: readonly string[]): Spelling {
  return {
    state: 'clear',
    is: ({ id, name }) => texts.includes(id) || texts.includes(name),
    mayBe: () => false,
  };
}

function unclear(why: string): Spelling {
  return { state: 'unclear', why };
}

/** `7`, `checkout:7` or the ARN of a version. An alias and `$LATEST` name other code tomorrow. */
function readVersion(text: string, resource: string): Spelling {
  const own = resource.slice(0, resource.lastIndexOf('/'));
  const [, named = own, qualifier] =
    /^(?:arn:[\w-]+:lambda:[\w-]+:\d{12}:function:)?(?:([\w-]+):)?([\w$-]+)$/.exec(text) ?? [];
  if (qualifier === undefined) return either(text);
  if (named !== own) return unclear(`${text} is of the function ${named}, and not of ${own}`);
  if (/^[1-9]\d*$/.test(qualifier)) return either(text, qualifier, `${own}:${qualifier}`);
  if (qualifier === own) return unclear(`${text} names no version: give its number`);
  return unclear(
    `${qualifier} is no published version, and names other code tomorrow: give a version's number`,
  );
}

/** A launch template and a version, after a slash or a colon. */
function readTemplateVersion(text: string): Spelling {
  if (/^ami-[0-9a-f]+$/.test(text))
    return unclear(
      `${text} is an image, and several versions of a launch template may have it: name a version`,
    );
  const [, template, version] = /^(.+)[:/]([^:/]+)$/.exec(text) ?? [];
  if (template === undefined || version === undefined)
    return unclear(`${text} must be a launch template and a version, such as web:2`);
  if (!/^[1-9]\d*$/.test(version))
    return unclear(`${version} is no number, and names another version tomorrow`);
  return either(text, `${template}/${version}`, `${template}:${version}`);
}

const BUNDLE = /^(?:s3:\/\/)?([^/?]+)\/([^?]+)(?:\?([^?]*))?$/;
/** Only these two tell one object from a later one under the same key. */
const OBJECT = ['version', 'etag'] as const;

/** `s3://bucket/key`, with or without its scheme and its query, and `owner/repository@commit`. */
function readBundle(text: string): Spelling {
  const [, owner] = /^(?:github:)?([^@/\s]+\/[^@/\s]+@[0-9a-f]{7,40})$/.exec(text) ?? [];
  if (owner !== undefined) return either(text, `github:${owner}`);
  const asked = bundleIn(text);
  if (asked === null) return either(text);
  const isSame = (compare: (one: string | null, other: string | null) => boolean) => (revision: Revision) => {
    const known = bundleIn(revision.id);
    if (known?.at !== asked.at) return revision.id === text || revision.name === text;
    return OBJECT.every((key) => compare(asked.query.get(key), known.query.get(key)));
  };
  return {
    state: 'clear',
    is: isSame((one, other) => one === other),
    mayBe: isSame((one, other) => one === null || other === null || one === other),
  };
}

function bundleIn(text: string): { readonly at: string; readonly query: URLSearchParams } | null {
  const [, bucket, key, query = ''] = BUNDLE.exec(text) ?? [];
  return bucket === undefined || key === undefined
    ? null
    : { at: `${bucket}/${key}`, query: new URLSearchParams(query.replaceAll('"', '').replaceAll('%22', '')) };
}
