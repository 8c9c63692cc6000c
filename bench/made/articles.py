"""Articles made of our own sentences, in English, Russian and Turkish: what the made pages tell."""

import random
from datetime import date, timedelta

import msgspec

LANGUAGES = ("en", "ru", "tr")

PEOPLE = {
    "en": ("Kari Dahl", "Salim Harthy", "Ana Ruiz Vela", "Tomas Varga", "Lena Brandt", "Idris Kone", "Mai Linh Tran",
           "Owen Price"),
    "ru": ("Анна Лебедева", "Игорь Савченко", "Марта Озолина", "Тимур Алиев", "Павел Громов", "Ольга Ветрова"),
    "tr": ("Selin Aydın", "Murat Çelik", "Ayşe Yıldız", "Kerem Doğan", "Elif Şahin", "Ozan Güneş"),
}
PLACES = {
    "en": ("Bergen", "Muscat", "Lima", "Tunis", "Hanoi", "Quito", "Accra", "Riga", "Cardiff", "Galway", "Windhoek"),
    "ru": ("Бергене", "Маскате", "Риге", "Тунисе", "Ереване", "Астане", "Тбилиси", "Осло"),
    "tr": ("Bergen", "Maskat", "Riga", "Tunus", "Bişkek", "Bakü", "Oslo", "Saraybosna"),
}
ISSUES = {
    "en": ("ferry traffic", "fishing quotas", "a gas pipeline", "border crossings", "visa rules", "grain exports",
           "a prisoner exchange", "customs duties", "a railway across the strait", "the price of electricity"),
    "ru": ("паромное сообщение", "рыболовные квоты", "газопровод", "визовые правила", "экспорт зерна",
           "таможенные пошлины", "обмен пленными"),
    "tr": ("feribot seferleri", "balıkçılık kotaları", "doğal gaz hattı", "vize kuralları", "tahıl ihracatı",
           "gümrük vergileri", "demiryolu projesi"),
}
SENTENCES = {
    "en": (
        "{a} met {b} in {p} on {w} to discuss {i}, the government said.",
        "“We have found a fair way to deal with {i},” {a} told reporters after the talks.",
        "The two sides agreed to set up a working group on {i} and to meet again in {p} before the end of the year.",
        "{b}, who arrived with a delegation of {n} officials, thanked the hosts for an open talk.",
        "According to {a}, about {n} companies from both countries are affected by the rules on {i}.",
        "Officials in {p} declined to comment on whether {i} would be part of the final document.",
        "It was the third meeting between the two ministers in {m} months.",
        "“Nobody should expect miracles,” {b} said, adding that the details of {i} had to be settled by experts.",
        "The agreement, which still has to be approved by both parliaments, would run for {n} years.",
        "Critics in {p} say the plan ignores the people who depend on {i} for their living.",
        "A spokesman for {a} said on {w} that no date had been set for the next round.",
        "Trade between the two countries rose by {n} percent last year, driven mostly by {i}.",
        "Earlier this week, {b} had warned that talks on {i} could fail unless both sides made concessions.",
        "The foreign ministry in {p} said it would publish the full text of the memorandum on its website.",
        "Neither side wanted to say how much the project would cost, but one diplomat spoke of {n} million euros.",
        "The visit had been postponed twice because of disagreements over {i}.",
        "“This is good news for our farmers and for our ports,” said {a}, standing beside {b} at a news conference.",
        "In {p}, several hundred people protested against the plans on {w}; the police reported no incidents.",
        "Both delegations are to continue their work in smaller groups until the autumn.",
        "{a} also spoke by telephone with {b} about {i} and the situation at the border.",
    ),
    "ru": (
        "{a} провела в {p} переговоры с делегацией из соседней страны, главной темой стал(о) {i}.",
        "«Мы нашли справедливое решение», — сказал(а) {b} после встречи, на которой обсуждали {i}.",
        "Стороны договорились создать рабочую группу и встретиться снова через {m} месяца.",
        "По словам представителя министерства, в переговорах участвовали {n} человек из обеих стран.",
        "Подробности соглашения пока не раскрываются, однако в {p} рассчитывают подписать его до конца года.",
        "Ранее {a} заявляла, что без уступок с обеих сторон {i} обсуждать бессмысленно.",
        "В прошлом году торговля между странами выросла на {n} процентов.",
        "«Чудес ждать не стоит», — отметил(а) {b}, добавив, что детали согласуют эксперты.",
        "Визит дважды переносили из-за разногласий, в том числе по вопросу о том, кто оплатит {i}.",
        "Полный текст меморандума обещают опубликовать на сайте министерства в ближайшие дни.",
        "В {p} прошла небольшая акция протеста, полиция сообщила, что обошлось без происшествий.",
        "Следующий раунд консультаций пройдёт осенью, точная дата пока не назначена.",
    ),
    "tr": (
        "{a}, {p} kentinde komşu ülkeden gelen heyetle görüştü; görüşmede {i} ele alındı.",
        "“Adil bir çözüm bulduk” diyen {b}, görüşmenin iki saat sürdüğünü söyledi.",
        "Taraflar bir çalışma grubu kurmak ve {m} ay içinde yeniden bir araya gelmek konusunda anlaştı.",
        "Bakanlık sözcüsü, görüşmelere her iki ülkeden toplam {n} yetkilinin katıldığını açıkladı.",
        "Anlaşmanın ayrıntıları henüz açıklanmadı, ancak {p} yönetimi yıl sonuna kadar imzalanmasını bekliyor.",
        "{a} daha önce, iki taraf da adım atmazsa {i} konusunda ilerleme olmayacağını belirtmişti.",
        "İki ülke arasındaki ticaret geçen yıl yüzde {n} oranında arttı.",
        "{b}, “Kimse mucize beklemesin” diyerek ayrıntıların uzmanlar tarafından görüşüleceğini ekledi.",
        "Ziyaret, {i} konusundaki görüş ayrılıkları nedeniyle iki kez ertelenmişti.",
        "Mutabakat metninin tamamı önümüzdeki günlerde bakanlığın internet sitesinde yayımlanacak.",
        "{p} kentinde küçük bir gösteri düzenlendi, polis olay çıkmadığını bildirdi.",
        "Bir sonraki tur sonbaharda yapılacak, kesin tarih henüz belli değil.",
    ),
}
TITLES = {
    "en": ("{a} and {b} agree to talk about {i}", "Talks on {i} end in {p} without a deal",
           "{p} hosts ministers for talks", "Ministers meet in {p}: what is known so far",
           "After {m} months, a deal on {i}", "‘No miracles’: {b} on {i}"),
    "ru": ("Переговоры в {p} завершились без соглашения", "{a} рассказала о планах на осень",
           "Что известно о встрече в {p}", "«Чудес не будет»: {b} о переговорах"),
    "tr": ("{p} görüşmesi anlaşma olmadan bitti", "{a}: Adil bir çözüm bulduk", "{p} kentinde bakanlar bir araya geldi",
           "{b}: “Kimse mucize beklemesin”"),
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


class Story(msgspec.Struct, frozen=True):
    """An article as it should come out of its page."""

    language: str
    title: str
    paragraphs: tuple[str, ...]
    day: date
    author: str

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


def story(dice: random.Random, language: str = "en", paragraphs: int | None = None) -> Story:
    """A story with as many paragraphs, of one to three sentences each; from 4 to 16 where no number is given."""
    fill = _Fill(dice, language)
    count = paragraphs or dice.choice((4, 5, 6, 7, 8, 10, 12, 16))
    left: list[str] = []
    made = []
    for _ in range(count):
        pieces = []
        for _ in range(dice.choice((1, 1, 2, 2, 3))):
            left = left or dice.sample(SENTENCES[language], len(SENTENCES[language]))
            pieces.append(fill(left.pop()))
        made.append(" ".join(pieces))
    day = date(2019, 1, 1) + timedelta(days=dice.randrange(2200))
    return Story(language, fill(dice.choice(TITLES[language])), tuple(made), day, dice.choice(PEOPLE[language]))


class _Fill:
    """Fills the gaps of a sentence: people, a place, an issue, numbers."""

    def __init__(self, dice: random.Random, language: str) -> None:
        self._dice, self._language = dice, language
        self._a, self._b = dice.sample(PEOPLE[language], 2)

    def __call__(self, words: str) -> str:
        dice = self._dice
        return words.format(a=self._a, b=self._b, p=dice.choice(PLACES[self._language]),
                            i=dice.choice(ISSUES[self._language]), n=dice.randrange(2, 90), m=dice.randrange(2, 5),
                            w=dice.choice(WEEKDAYS))
