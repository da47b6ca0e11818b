import { escape, html, trusted, type Markup } from './markup.ts';
import type { Material } from './material.ts';

/** Bytes of the elements around the text. */
const FRAME_BYTES = 600;

/**
 * Shows the whole document, to copy. It is indented if that fits, else written without spaces, and cut only where even
 * that is too long.
 */
export function rawSection({ document, execution }: Material, roomBytes: number): Markup | null {
  if (document === null) return null;
  const room = roomBytes - FRAME_BYTES;
  const [indented, dense] = [escapedJson(document, 1), escapedJson(document, 0)];
  const whole = [indented, dense].find((text) => Buffer.byteLength(text) <= room);
  const text = whole ?? cutAt(dense, room);
  const kilobytes = Math.ceil(Buffer.byteLength(JSON.stringify(document)) / 1024);
  return html`<section class="raw">
    <h2>The document</h2>
    ${
      whole === undefined
        ? html`<p>
            It is too long for this page, and cut. The history of the execution has all of it:
            <code>${execution}</code>
          </p>`
        : null
    }
    <details>
      <summary>Everything that Lastgood knew, as JSON (${kilobytes} KB)</summary>
      <button type="button" class="copy" data-copies="document" hidden>Copy</button>
      <pre id="document" tabindex="0">${trusted(text)}</pre>
    </details>
  </section>`;
}

/** Direction characters are written as JSON escapes, so that the text stays exact. */
function escapedJson(value: unknown, spaces: number): string {
  const json = JSON.stringify(value, null, spaces).replaceAll(/[\p{Cf}\p{Zl}\p{Zp}]/gu, (letter) =>
    Array.from({ length: letter.length }, (_, at) => unit(letter.charCodeAt(at))).join(''),
  );
  return escape(json).replaceAll('&quot;', '"').replaceAll('&#39;', "'");
}

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Cuts an escaped text, and no entity or character of it. */
function cutAt(text: string, bytes: number): string {
  const cut = Buffer.from(text)
    .subarray(0, Math.max(0, bytes - 4))
    .toString('utf8');
  return `${cut.replace(/(?:&[a-z#0-9]{0,6}|\uFFFD+)$/, '')}…`;
}
