import type { RecordDetail } from '../api/answers.js';
import { useNumber, useWords } from '../words/language.js';
import { useReason } from '../words/reasons.js';
import { SaveButton } from '../parts/save-button.js';

type Message = RecordDetail['messages'][number];

/** What was delivered, message by message, each with the proof of it. */
export function MessagesTable({ record }: { record: RecordDetail }) {
  const { record: words } = useWords();
  const heads = [words.place, words.messageId, words.digest, words.receipt];
  return (
    <section aria-labelledby="messages-heading">
      <h2 id="messages-heading">{words.messages}</h2>
      <div className="table" role="region" tabIndex={0} aria-labelledby="messages-heading">
        <table>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {record.messages.map((message) => (
              <Row key={message.sequence} record={record} message={message} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ record, message }: { record: RecordDetail; message: Message }) {
  const { record: words, notKnown } = useWords();
  const number = useNumber();
  const reason = useReason();
  const { sequence: place, id, digest, missing, deliveries } = message;
  return (
    <tr>
      <th scope="row">{number(place)}</th>
      <td>
        <code>{id ?? notKnown}</code>
        {deliveries !== undefined && <span className="code">{words.deliveries(number(deliveries))}</span>}
      </td>
      <td>
        <code>{digest ?? words.noDigest(missing === undefined ? notKnown : reason(missing))}</code>
      </td>
      <td>
        <SaveButton
          path={`exchange-records/${record.sequence}/receipt?message=${place}`}
          name={words.receiptName(record.sequence, place)}
          label={words.saveReceiptOf(id ?? number(place))}
        >
          {words.saveReceipt}
        </SaveButton>
      </td>
    </tr>
  );
}
