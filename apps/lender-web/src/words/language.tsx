/** Which language the page speaks: the reader's choice, or the browser's. Each language is a chunk of its own. */
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react'
import { IntlProvider } from 'react-intl'
import type { en } from './en'

export type Language = 'en' | 'de'
type Messages = Record<keyof typeof en, string>

export const LANGUAGES: readonly { value: Language; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
]

const KEPT_AS = 'mutuo-language'
const load: Record<Language, () => Promise<Messages>> = {
  en: async () => (await import('./en')).en,
  de: async () => (await import('./de')).de,
}

const LanguageContext = createContext<{ language: Language; choose: (language: Language) => void }>({
  language: 'en',
  choose: () => undefined,
})

/** The language in force, and how to choose another. */
export const useLanguage = () => use(LanguageContext)

/** Figures follow the browser's region when it has one of the language: German words with Swiss apostrophes, say. */
function localeOf(language: Language): string {
  return navigator.languages.find((tag) => tag.startsWith(`${language}-`)) ?? language
}

function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT_AS)
  const wanted = [kept, ...navigator.languages].map((tag) => tag?.slice(0, 2))
  return LANGUAGES.find(({ value }) => wanted.find((tag) => tag === 'en' || tag === 'de') === value)?.value ?? 'en'
}

/** Speaks to the page below in the language in force; shows nothing until its words are here. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage)
  const [loaded, setLoaded] = useState<{ language: Language; messages: Messages } | null>(null)
  const choose = useCallback((chosen: Language) => {
    localStorage.setItem(KEPT_AS, chosen)
    setLanguage(chosen)
  }, [])

  useEffect(() => {
    let current = true
    void load[language]().then((messages) => {
      if (!current) return
      document.documentElement.lang = language
      setLoaded({ language, messages })
    })
    return () => {
      current = false
    }
  }, [language])

  const value = useMemo(() => ({ language, choose }), [language, choose])
  if (loaded === null) return null
  return (
    <LanguageContext value={value}>
      <IntlProvider locale={localeOf(loaded.language)} messages={loaded.messages}>
        {children}
      </IntlProvider>
    </LanguageContext>
  )
}
