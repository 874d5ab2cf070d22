/**
 * Shows JSON text as it travelled. It is never parsed and written again, which would change numbers, escapes and
 * repeated members; only white space between tokens may change.
 *
 * @typedef {'key' | 'string' | 'number' | 'word' | 'mark' | 'space' | 'other'} TokenKind
 * @typedef {{ kind: TokenKind, text: string }} Token
 */

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)|([{}[\],:])|(\s+)|([^"\s{}[\],:]+|")/gs;

/** The tokens of any text whatever; joined they are that text. @param {string} text @returns {Token[]} */
export function tokens(text) {
  return [...text.matchAll(TOKEN)].flatMap(([, string, colon, number, word, mark, space, other]) => {
    if (string !== undefined && colon !== undefined) return [token('key', string), token('mark', colon)];
    if (string !== undefined) return token('string', string);
    if (number !== undefined) return token('number', number);
    if (word !== undefined) return token('word', word);
    if (mark !== undefined) return token('mark', mark);
    return space !== undefined ? token('space', space) : token('other', other);
  });
}

/** The same tokens with white space for reading, two columns a level. @param {Token[]} dense @returns {Token[]} */
export function indented(dense) {
  /** @type {Token[]} */
  const result = [];
  const visible = dense.filter(({ kind }) => kind !== 'space');
  let depth = 0;
  const newLine = () => result.push(token('space', `\n${'  '.repeat(depth)}`));
  visible.forEach(({ kind, text }, at) => {
    const before = kind === 'mark' && at > 0 ? visible[at - 1].text : '';
    if (text === '}' || text === ']') {
      depth = Math.max(0, depth - 1);
      if (before !== '{' && before !== '[') newLine();
    }
    result.push(token(kind, text));
    if (kind !== 'mark') return;
    const after = visible[at + 1]?.text;
    if (text === '{' || text === '[') {
      depth += 1;
      if (after !== '}' && after !== ']') newLine();
    } else if (text === ',') newLine();
    else if (text.endsWith(':')) result.push(token('space', ' '));
  });
  return result;
}

/** @param {TokenKind} kind @param {string} text @returns {Token} */
function token(kind, text) {
  return { kind, text };
}
