/**
 * Returns a domain name as Route 53 answers it: in lower case, with a final dot. Every character other than a to z, 0
 * to 9, hyphen and underscore becomes an octal code, `*` too.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */
export function normalName(name: string): string {
  const escaped = name
    .toLowerCase()
    .replace(/\\([0-7]{3})|[^a-z0-9_.-]/g, (char, octal?: string) =>
      octal === undefined ? escape(char.charCodeAt(0)) : canonical(parseInt(octal, 8)),
    );
  return escaped.endsWith('.') ? escaped : `${escaped}.`;
}

/** Returns the name for the IAM condition key: without the final dot. */
export function conditionName(name: string): string {
  return normalName(name).slice(0, -1);
}

/** Returns the sort key of a name. Records are listed by labels from right to left: `com.example.www`. */
export function sortKey(name: string): string {
  return normalName(name).slice(0, -1).split('.').reverse().join('.');
}

/** Decodes a code for a character that needs none. A dot stays a code, because it delimits nothing. */
function canonical(code: number): string {
  const char = String.fromCharCode(code).toLowerCase();
  return /[a-z0-9_-]/.test(char) ? char : escape(code);
}

function escape(code: number): string {
  return `\\${code.toString(8).padStart(3, '0')}`;
}
