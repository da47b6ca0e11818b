import { unclear, type Spelling } from './spelled.ts';
import type { Revision } from '../../rollback/plan.ts';

/** The ARN of a launch template, up to its id. */
const ARN = /^arn:[\w-]+:ec2:[\w-]+:\d{12}:launch-template\//;

/** Images after a version, in any order: `@ami-0123+ami-4567`. */
const IMAGES = /@(ami-[0-9a-f]+(?:[+,]ami-[0-9a-f]+)*)$/i;

/** Reads a launch template and a version, after a slash or a colon, with the images of instance types if given. */
export function readTemplateVersion(text: string): Spelling {
  if (/^ami-[0-9a-f]+$/.test(text))
    return unclear(
      `${text} is an image, and several versions of a launch template may have it: name a version`,
    );
  const [suffix = '', named] = IMAGES.exec(text) ?? [];
  const ofTemplate = text.slice(0, text.length - suffix.length);
  const [, template, version] = /^(.+)[:/]([^:/]+)$/.exec(ofTemplate.replace(ARN, '')) ?? [];
  if (template === undefined || version === undefined)
    return unclear(`${text} must be a launch template and a version, such as web:2`);
  if (!/^[1-9]\d*$/.test(version))
    return unclear(`${version} is no number, and names another version tomorrow`);
  // Ids are hexadecimal in small letters, and a name may begin alike.
  const alike = /^lt-[0-9a-f]+$/i.test(template) ? template.toLowerCase() : template;
  const images = named === undefined ? '' : `@${inOrder(named)}`;
  const forms = [template, alike].flatMap((one) => [`${one}/${version}`, `${one}:${version}`]);
  const texts = [text, ...forms.map((form) => `${form}${images}`)];
  return {
    state: 'clear',
    is: ({ id, name }) => texts.includes(id) || texts.includes(name),
    mayBe: (revision) => images === '' && isWithImages(revision, forms),
  };
}

/** Returns whether a revision is one of these versions, with images that the text leaves out. */
function isWithImages({ id, name }: Revision, forms: readonly string[]): boolean {
  return forms.some((form) => id.startsWith(`${form}@`) || name.startsWith(`${form}@`));
}

function inOrder(images: string): string {
  return [...new Set(images.toLowerCase().split(/[+,]/))].toSorted().join('+');
}
