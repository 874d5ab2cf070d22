import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indented, tokens } from '../../main/resources/web/json-text.js';

const text = (parts) => parts.map((part) => part.text).join('');

const TEXTS = [
  '{"event":"message","data":{"n":1.0,"big":12345678901234567890,"e":-1E+2,"t":[true,false,null]},"id":"1"}',
  ' {"a" : "\\u0041 \\"quoted\\" {not a bracket}", "a":"twice" } ',
  '[]',
  '',
  'no JSON at all "unfinished',
  '{"text":"😀 line\\nline"}\n',
  '}}]]{{[[,,::"',
];

test('shows every character as it travelled', () => {
  for (const sample of TEXTS) assert.equal(text(tokens(sample)), sample);
});

test('changes nothing but white space when it indents', () => {
  const visible = (parts) => parts.filter(({ kind }) => kind !== 'space').map((part) => part.text);
  for (const sample of TEXTS) assert.deepEqual(visible(indented(tokens(sample))), visible(tokens(sample)));
});

test('indents as JSON.stringify does', () => {
  const value = { event: 'x', data: { empty: {}, none: [], list: [1, 'two', { three: 3 }], yes: true }, id: '1' };
  assert.equal(text(indented(tokens(JSON.stringify(value)))), JSON.stringify(value, null, 2));
});

test('tells keys from strings', () => {
  const kinds = tokens('{"key":"value","n":1,"b":null}').map(({ kind }) => kind);
  assert.deepEqual(kinds, [
    ...['mark', 'key', 'mark', 'string', 'mark'],
    ...['key', 'mark', 'number', 'mark'],
    ...['key', 'mark', 'word', 'mark'],
  ]);
});
