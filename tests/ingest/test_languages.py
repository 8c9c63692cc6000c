"""The language of a text, from a sentence on."""

import pytest

from verbale.ingest.languages import language_of

SENTENCES = [
    ("en", "The foreign minister said on Monday that the talks would go on."),
    ("en", "Lavrov meets Cavusoglu"),
    ("en", "Mark Rutte met Jan Peter van den Berg in Den Haag."),
    ("en", "Prime Minister de Croo hosted Alexander van der Bellen in Oostende."),
    ("en", "Mevlüt Çavuşoğlu met Işık Koşaner."),
    ("ru", "Министр иностранных дел заявил в понедельник, что переговоры продолжатся."),
    ("uk", "Міністр закордонних справ заявив у понеділок, що переговори триватимуть."),
    ("bg", "Външният министър каза в понеделник, че преговорите ще продължат."),
    ("sr", "Министар спољних послова је рекао у понедељак да ће се преговори наставити."),
    ("tr", "Dışişleri Bakanı pazartesi günü görüşmelerin devam edeceğini söyledi."),
    ("de", "Der Außenminister sagte am Montag, dass die Gespräche fortgesetzt werden."),
    ("fr", "Le ministre des Affaires étrangères a déclaré lundi que les discussions se poursuivraient."),
    ("es", "El ministro de Exteriores dijo el lunes que las conversaciones continuarán."),
    ("it", "Il ministro degli Esteri ha detto lunedì che i colloqui continueranno."),
    ("pt", "O ministro das Relações Exteriores disse na segunda-feira que as conversas não acabaram."),
    ("nl", "De minister van Buitenlandse Zaken zei maandag dat de gesprekken worden voortgezet."),
    ("pl", "Minister spraw zagranicznych powiedział w poniedziałek, że rozmowy będą kontynuowane."),
    ("el", "Ο υπουργός Εξωτερικών δήλωσε τη Δευτέρα ότι οι συνομιλίες θα συνεχιστούν."),
    ("ar", "قال وزير الخارجية يوم الاثنين إن المحادثات ستستمر."),
    ("fa", "وزیر امور خارجه روز دوشنبه گفت که گفتگوها ادامه دارد."),
    ("zh", "外交部长周一表示，会谈将继续进行。"),
    ("ja", "外相は月曜日に、協議は続くと述べた。"),
    ("ko", "외무장관은 월요일에 회담이 계속될 것이라고 말했다."),
]


@pytest.mark.parametrize("language, sentence", SENTENCES, ids=[f"{one}-{n}" for n, (one, _) in enumerate(SENTENCES)])
def test_a_sentence_tells_its_language(language, sentence):
    assert language_of(sentence) == language


def test_a_text_without_letters_has_no_language():
    assert language_of("123 – 456") is None
