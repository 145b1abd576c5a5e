import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Fault, type Language, textOf } from './faults.js';
import { beginningOf } from './lines.js';
import { checkLog, type KnownHead } from './log-check.js';
import { checkReceipt, type Receipt } from './receipt-check.js';
import { type PublicKey, TrustedKeys } from './trusted-keys.js';

const USAGE = `Usage: npm run -s verify-exchange-log -- [options] FILE…
Kiểm tra bản sao nhật ký trao đổi dữ liệu (tệp xuất, tệp lưu trữ) hoặc biên nhận, không cần mạng và cơ sở dữ liệu.
Checks copies of the exchange log (exports, archives) or receipts, without network or database.

  --keys FILE     public keys (answer of GET /v1/exchange-log/keys), got from the owner of the log by another way
  --head FILE     a checkpoint or head known from elsewhere, or SEQUENCE:HASH; shows a log that was cut off later
  --message FILE  data of the message that a receipt is about, exactly as it was received
  --language en   texts in English (default: Vietnamese)

Exit codes: 0 everything fits, 1 something was altered, is missing or is not signed as it should be, 2 cannot be read`;

interface Options {
  say: (line: string) => void;
  keys: TrustedKeys;
  head: KnownHead | null;
  data: Buffer | null;
  language: Language;
}

/**
 * Checks the files that the arguments name.
 *
 * @param say takes lines of the answer
 * @returns the exit code: 0 everything fits, 1 something does not, 2 there was nothing to check
 * @throws Error for files that cannot be read
 */
export async function run(args: readonly string[], say: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      keys: { type: 'string' },
      head: { type: 'string' },
      message: { type: 'string' },
      language: { type: 'string', default: 'vi' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help || positionals.length === 0) {
    say(USAGE);
    return values.help ? 0 : 2;
  }
  const options: Options = {
    say,
    keys: new TrustedKeys(values.keys === undefined ? [] : readKeys(values.keys)),
    head: values.head === undefined ? null : readHead(values.head),
    data: values.message === undefined ? null : readFileSync(values.message),
    language: values.language === 'en' ? 'en' : 'vi',
  };
  const receipt = positionals.length === 1 ? readReceipt(positionals[0]!) : null;
  const faults = receipt ? sayReceipt(receipt, options) : await sayLog(positionals, options);
  if (faults === 0 && options.keys.assumed !== null) sayAssumedKey(options.keys.assumed, options);
  return faults === 0 ? 0 : 1;
}

async function sayLog(names: readonly string[], options: Options): Promise<number> {
  const { keys, head, language, say } = options;
  const { files, log, firstSequence, lastSequence, hash } = await checkLog(names, keys, head);
  for (const { name, faults } of files) sayFaults(name, faults, options);
  const count = files.reduce((sum, { faults }) => sum + faults.length, 0);
  if (count === 0) {
    const words = { vi: ['Nguyên vẹn', 'bản ghi', 'mã băm'], en: ['Intact', 'records', 'hash'] }[language];
    say(`${words[0]}: ${words[1]} ${firstSequence}–${lastSequence}, ${words[2]} ${hash}, log ${log}`);
  }
  return count;
}

function sayReceipt(receipt: Receipt, options: Options): number {
  const { keys, data, language, say } = options;
  const faults = checkReceipt(receipt, keys, data);
  const { record, message } = receipt;
  sayFaults('', faults, options);
  if (faults.length === 0) {
    const { dataset, provider, receiver, firstSentAt, channel, sequence } = record;
    const name = message.id ?? message.sequence;
    say(
      language === 'vi'
        ? `Đúng: thông điệp ${name} của bộ dữ liệu ${dataset} đã được gửi từ ${provider} đến ${receiver} (${channel}), từ ${firstSentAt}; bản ghi ${sequence}.`
        : `Genuine: message ${name} of dataset ${dataset} was sent by ${provider} to ${receiver} (${channel}), from ${firstSentAt} on; record ${sequence}.`,
    );
  }
  return faults.length;
}

/** The first fault of a file is the one that matters; what follows from it is there to look at. */
function sayFaults(name: string, faults: readonly Fault[], { language, say }: Options): void {
  for (const fault of faults.slice(0, 20)) say(`${name ? `${name}: ` : ''}${textOf(fault, language)}`);
  const more = faults.length - 20;
  if (more > 0) say(language === 'vi' ? `… và ${more} lỗi khác.` : `… and ${more} more.`);
}

function sayAssumedKey(key: string, { language, say }: Options): void {
  say(
    language === 'vi'
      ? `Lưu ý: khóa ${key} lấy từ chính tệp này. Đối chiếu với khóa đã công bố, hoặc dùng --keys.`
      : `Note: key ${key} was taken from the file itself. Compare it with the published one, or use --keys.`,
  );
}

function readKeys(file: string): PublicKey[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as { keys: PublicKey[] }).keys;
}

/** `12:<hash>`, the answer of `/v1/exchange-log/head`, or the head of an exchange-standing event. */
function readHead(text: string): KnownHead {
  const [, sequence, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (sequence !== undefined && hash !== undefined) return { sequence: Number(sequence), hash };
  const content = JSON.parse(readFileSync(text, 'utf8')) as {
    checkpoint?: KnownHead;
    chain?: { head: { sequence: number; digest: string } };
  };
  const head = content.chain?.head;
  if (head) return { sequence: head.sequence, hash: head.digest };
  if (!content.checkpoint) throw new Error(`${text} has no checkpoint`);
  return content.checkpoint;
}

/** @returns null for a file that is no receipt; files of the log may be too large to be read whole */
function readReceipt(file: string): Receipt | null {
  if (!/^\s*\{\s*"receipt"/.test(beginningOf(file))) return null;
  return (JSON.parse(readFileSync(file, 'utf8')) as { receipt: Receipt }).receipt;
}
