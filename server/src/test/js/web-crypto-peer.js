/**
 * The client's end of the encryption for a test in another language: says its key, is told the server's answer, and
 * then seals or opens what it is given. One JSON text a line, each answered by one.
 */
import { createInterface } from 'node:readline';
import { KeyExchange } from '../../main/resources/web/encryption.js';

const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const next = async () => JSON.parse((await lines.next()).value);

const { options } = await next();
const exchange = await KeyExchange.begin(options);
say({ publicKey: exchange.publicKey });
const { answer, clientId } = await next();
const cipher = await exchange.complete(answer, clientId);
say({ agreed: true });
for (let task = await next(); !task.end; task = await next()) {
  say(task.open ? { opened: await cipher.open(task.open) } : await cipher.seal(task.seal));
}
process.exit(0);
