/**
 * Speaks a line for those who cannot read it yet. Only voices of this computer: a voice from the network would send
 * the line away. Undefined where the computer has none.
 */
export const readAloud: ((text: string) => void) | undefined =
  'speechSynthesis' in globalThis
    ? (text) => {
        const voice = speechSynthesis
          .getVoices()
          .find(({ localService, lang }) => localService && lang.startsWith(document.documentElement.lang));
        if (!voice) return;
        const spoken = new SpeechSynthesisUtterance(text);
        spoken.voice = voice;
        spoken.rate = 0.9;
        speechSynthesis.cancel();
        speechSynthesis.speak(spoken);
      }
    : undefined;
