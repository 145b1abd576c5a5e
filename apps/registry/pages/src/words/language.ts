import { createContext, useContext } from 'react';
import { english } from './english.js';
import { vietnamese, type Words } from './vietnamese.js';

export type Language = 'vi' | 'en';

const WORDS: Readonly<Record<Language, Words>> = { vi: vietnamese, en: english };
const KEPT = 'language';

export const LanguageContext = createContext<Language>('vi');

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

export function useWords(): Words {
  return WORDS[useLanguage()];
}

/** What this browser was last switched to; Vietnamese at first. */
export function keptLanguage(): Language {
  return localStorage.getItem(KEPT) === 'en' ? 'en' : 'vi';
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(KEPT, language);
}

/** 1234567 → "1.234.567", in English "1,234,567". */
export function useNumber(): (value: number) => string {
  const format = new Intl.NumberFormat(useLanguage() === 'vi' ? 'vi-VN' : 'en-GB');
  return (value) => format.format(value);
}
