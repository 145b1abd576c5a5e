import type { RecordDetail } from '../api/answers.js';
import { useWords } from '../words/language.js';
import { SaveButton } from '../parts/save-button.js';

/** How somebody who trusts neither this page nor this server checks the record. */
export function Verification({ record }: { record: RecordDetail }) {
  const { record: words } = useWords();
  const { sequence, previousHash, messages } = record;
  const file = words.recordName(sequence);
  const [message] = messages;
  return (
    <section aria-labelledby="verify-heading" className="verify">
      <h2 id="verify-heading">{words.verify}</h2>
      <p>{words.verifyRecord}</p>
      <p>
        <SaveButton path={`exchange-records/${sequence}/text`} name={file}>
          {words.saveRecord}
        </SaveButton>
      </p>
      <Command id="hash-command">
        {`printf '%s\\n%s' ${previousHash} "$(sha256sum < ${file} | cut -c1-64)" | sha256sum`}
      </Command>
      {message && (
        <>
          <p>{words.verifyReceipt}</p>
          <p>
            <SaveButton path="exchange-log/keys" name="keys.json">
              {words.keys}
            </SaveButton>
          </p>
          <Command id="receipt-command">
            {`npm run -s verify-exchange-log -- --keys keys.json ${words.receiptName(sequence, message.sequence)}`}
          </Command>
          <p className="quiet">
            {words.verifyMessage}. {words.keysFrom}
          </p>
        </>
      )}
    </section>
  );
}

function Command({ id, children }: { id: string; children: string }) {
  return (
    <pre id={id} tabIndex={0}>
      <code>{children}</code>
    </pre>
  );
}
