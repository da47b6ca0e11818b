import { either, unclear, type Spelling } from './spelled.ts';

/** The ARN of a launch template, up to its id. */
const ARN = /^arn:[\w-]+:ec2:[\w-]+:\d{12}:launch-template\//;

/** Reads a launch template and a version, after a slash or a colon. */
export function readTemplateVersion(text: string): Spelling {
  if (/^ami-[0-9a-f]+$/.test(text))
    return unclear(
      `${text} is an image, and several versions of a launch template may have it: name a version`,
    );
  const [, template, version] = /^(.+)[:/]([^:/]+)$/.exec(text.replace(ARN, '')) ?? [];
  if (template === undefined || version === undefined)
    return unclear(`${text} must be a launch template and a version, such as web:2`);
  if (!/^[1-9]\d*$/.test(version))
    return unclear(`${version} is no number, and names another version tomorrow`);
  // Ids are hexadecimal in small letters, and a name may begin alike.
  const alike = /^lt-[0-9a-f]+$/i.test(template) ? template.toLowerCase() : template;
  return either(text, ...[template, alike].flatMap((one) => [`${one}/${version}`, `${one}:${version}`]));
}
