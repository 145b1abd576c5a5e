import { createContext, useContext } from 'react';
import type { RecordNames } from '../api/answers.js';
import { useLanguage } from '../words/language.js';

/** Agencies and datasets by code, in the order in which they are to be chosen from. */
interface Names {
  agencies: ReadonlyMap<string, string>;
  datasets: ReadonlyMap<string, { vi: string; en: string }>;
}

export function namesOf({ agencies, datasets }: RecordNames): Names {
  return {
    agencies: new Map(agencies.map(({ code, name }) => [code, name])),
    datasets: new Map(datasets.map(({ code, title }) => [code, title])),
  };
}

export const NamesContext = createContext<Names>({ agencies: new Map(), datasets: new Map() });

export function useNames(): Names {
  return useContext(NamesContext);
}

/** Name of an agency; its code where there is no name. */
export function useAgencyName(): (code: string) => string {
  const { agencies } = useNames();
  return (code) => agencies.get(code) ?? code;
}

/** Title of a dataset in the present language; null where there is none. */
export function useDatasetTitle(): (code: string) => string | null {
  const { datasets } = useNames();
  const language = useLanguage();
  return (code) => datasets.get(code)?.[language] || null;
}
