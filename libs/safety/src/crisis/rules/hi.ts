import { crisisRules } from '../rule.ts'

/** Hindi in Devanagari and, as most people type it, in Latin letters. */
export const hindi = crisisRules('hi', {
  imminent: {
    'goliyan-khai':
      '(सारी|बहुत सारी|पूरी) ~1 (गोलियाँ|गोलियां|दवाइयाँ|दवाइयां|नींद की गोलियां) ~1 (खा ली|खा लीं|निगल ली|निगल लीं)',
    'goliyan-khai-latin':
      '(saari|sari|bahut saari|puri) ~2 (goliyan|goliya|dawai|dawaiyan|tablets|pills) ~1 (kha li|khali|nigal li)',
    'aakhri-sandesh': 'यह मेरा (आखिरी|आख़िरी|अंतिम) (संदेश|मैसेज|दिन|रात)',
    'aakhri-latin': '(ye|yeh) (mera|meri) (aakhri|akhri|aakhiri|last) (message|raat|din|sandesh)',
    'suicide-note': '(सुसाइड नोट|suicide note) (लिख*|likh*)',
    'kal-nahi': '(kal|कल) (main|mai|मैं|तक मैं)? (nahi|nahin|नहीं) (rahunga|rahungi|rahoonga|रहूंगा|रहूंगी|रहूँगा|रहूँगी)',
    phanda: '(फंदा|रस्सी) (तैयार|लगा लिया|बना लिया)',
  },
  high: {
    'marna-chahta!': '(मरना|मर जाना) (चाहता|चाहती) (हूँ|हूं)?',
    'marna-chahta-latin!': '(marna|mar jana|marjana|mar jaana) (chahta|chahti|chahata) (hu|hoon|hun|hoo|hai)?',
    'mar-jaun': '(मैं मर जाऊं|मर जाऊँ तो|काश मैं मर (जाता|जाती|जाऊं)|मुझे मर जाना चाहिए|मुझे मरना है)',
    'mar-jaun-latin':
      '((kaash|kash) (main|mai|mein) mar (jata|jati|jau|jaun|jaata|jaati)|(mujhe|mujhko) (marna hai|mar jana hai|mar jana chahiye))',
    'jeena-nahi': '(जीना|ज़िंदा रहना|जिंदा रहना) नहीं (चाहता|चाहती|है)',
    'jeene-ka-man': 'जीने (का|की) (मन|इच्छा|कोई) (नहीं|वजह नहीं|कारण नहीं)',
    'jeena-nahi-latin': '(jeena|jina|zinda rehna|zinda rahna) (nahi|nahin|nai) (chahta|chahti|hai)',
    'jeene-latin':
      '(jeene|jine) (ka|ki|ke) (man|mann|koi|iccha|liye kuch) (nahi|nahin|wajah nahi|matlab nahi|reason nahi)',
    'khudkushi!': '(आत्महत्या|खुदकुशी|ख़ुदकुशी|सुसाइड) (करना|कर लूं|कर लूँ|कर लूंगा|कर लूंगी|करने|के विचार|के ख्याल|का ख्याल)',
    'khudkushi-latin!':
      '(khudkushi|khudkhushi|aatmahatya|atmahatya|suicide) (kar lu|karlu|kar lunga|kar lungi|karna|karne|karne ka|kar loon)',
    'jaan-dena!': '(अपनी जान (दे|ले) (दूं|दूँ|दूंगा|दूंगी|लूं|लूंगा|लूंगी|देना|लेना)|खुद को (मार|खत्म|ख़त्म) (डालूं|दूं|दूंगा|लूं|कर|करना|डालना))',
    'jaan-dena-latin!':
      '((apni jaan|apni jan) (de du|dedu|le lu|lelu|de dunga|de dungi|le lunga|le lungi|dena|lena)|khud ko (maar|mar|khatam|khtm) (du|dalu|kar|karna|lu|dunga|dalna))',
    'zindagi-khatam!': '(zindagi|jindagi|ज़िंदगी|जिंदगी) (khatam|khtm|खत्म|ख़त्म) (karna|kar|करना|कर)',
    'mere-bina': '(मेरे बिना|mere bina) (सब|sab|सबकी|sabki) ~2 (बेहतर|अच्छा|better|khush|खुश|accha|acha)',
    'khud-ko-kaat': '(खुद को (काटता|काटती|काटा|चोट)|khud ko (kaat*|hurt|chot))',
    'neend-se': '(सो जाऊं और कभी न उठूं|so jau aur kabhi (na|nahi) uth*)',
  },
  low: {
    'nahi-sah':
      '(अब (और)? नहीं (सहा|झेला|होता|सह) (जाता|सकता|सकती)?|ab (aur)? (nahi|nahin) (saha|sah|jhela|hota) (jata|jaata|sakta|sakti)?)',
    gayab: '(गायब|gayab) (हो जाना|ho jana|ho jaana|ho jau) (चाहता|चाहती|chahta|chahti)?',
    'umeed-nahi': '(कोई (उम्मीद|रास्ता) नहीं|koi (umeed|ummid|rasta|raasta) (nahi|nahin))',
    bojh: '(मैं|main|mai) (सब पर|sab pe|sab par|sirf|bas|बस|सिर्फ)? (बोझ|bojh)',
    'thak-gaya': '(ज़िंदगी|जिंदगी|zindagi|jindagi|life) (से|se) (थक|तंग|thak|tang|haar)',
    suicide: '(आत्महत्या|खुदकुशी|khudkushi|aatmahatya)',
  },
})
