/** HTML that is safe to send as it is. */
export class Html {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

/** @type {Record<string, string>} */
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/**
 * HTML of a template: whatever is put into it is escaped, unless it is `Html` itself.
 *
 * Lists are put in one after the other; `undefined`, `null` and `false` are nothing.
 *
 * @param {TemplateStringsArray} strings
 * @param {...unknown} values
 */
export function html(strings, ...values) {
  return new Html(strings.reduce((text, part, i) => text + escaped(values[i - 1]) + part));
}

/**
 * @param {unknown} value
 * @returns {string}
 */
function escaped(value) {
  if (value instanceof Html) {
    return value.text;
  }
  if (Array.isArray(value)) {
    return value.map(escaped).join("");
  }
  if (value === undefined || value === null || value === false) {
    return "";
  }
  return String(value).replace(/[&<>"']/g, (character) => ESCAPED[character]);
}
