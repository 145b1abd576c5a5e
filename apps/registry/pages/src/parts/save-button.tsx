import { type ReactNode, useState } from 'react';
import { ApiFailure } from '../api/log-api.js';
import { useApi } from '../api/use-answer.js';
import { wordsOf } from './answer-states.js';
import { useWords } from '../words/language.js';

interface SaveButtonProps {
  /** What the API is asked for. */
  path: string;
  /** Name of the file. */
  name: string;
  label?: string;
  children: ReactNode;
}

/** Saves an answer of the API as a file, and says when that did not work. */
export function SaveButton({ path, name, label, children }: SaveButtonProps) {
  const { record, failure } = useWords();
  const api = useApi();
  const [fault, setFault] = useState<string | null>(null);
  const save = (): void => {
    setFault(null);
    api.save(path, name).catch((error: unknown) => {
      setFault(error instanceof ApiFailure ? wordsOf(error, failure.unreachable) : record.saveFailed);
    });
  };
  return (
    <>
      <button type="button" className="link" aria-label={label} onClick={save}>
        {children}
      </button>
      {fault !== null && (
        <span className="fault" role="alert">
          {fault}
        </span>
      )}
    </>
  );
}
