"""What is done with names after the network: sentence by sentence, then over a report."""

from verbale.language.decode import Analysis, NameFound
from verbale.language.names import Words, name_tags, names_across, names_of
from verbale.language.tokens import words_of


def sentence(text, *names, upos="PROPN"):
    words = words_of(text)
    count = len(words)
    found = [NameFound(*name, 0.9) if len(name) == 3 else NameFound(*name) for name in names]
    return Words(words, Analysis([upos] * count, ["_"] * count, words, [-1] * count, ["dep"] * count, found))


def texts(words, names):
    return [(" ".join(words[name.start:name.stop]), name.label) for name in names]


def names(text, *found, upos="PROPN"):
    one = sentence(text, *found, upos=upos)
    return texts(one.words, names_of(one.words, one.analysis))


def test_titles_and_possessives_are_no_part_of_a_person():
    assert names("Foreign Minister Jan Novak's plane", (0, 5, "PER")) == [("Jan Novak", "PER")]


def test_a_title_alone_names_nobody():
    assert names("The President spoke", (1, 2, "PER")) == []
    assert names("The Secretary - General spoke", (1, 4, "PER")) == []
    assert names("King spoke", (0, 1, "PER")) == [("King", "PER")]


def test_what_an_office_is_for_is_no_organisation():
    assert names("Minister for Religious Affairs", (2, 4, "ORG")) == []
    assert names("the Ministry of Finance", (1, 4, "ORG")) == [("Ministry of Finance", "ORG")]


def test_who_speaks_in_a_transcript():
    assert names("MS. BERG: We will see.") == [("BERG", "PER")]
    assert names("QUESTION: Will you see?") == []
    assert names("Q Josh, when?", (0, 2, "PER")) == [("Josh", "PER")]


def test_tables_settle_label_and_extent():
    assert names("the United Nations met", (1, 2, "LOC")) == [("United Nations", "ORG")]
    assert names("the NATO envoy") == [("NATO", "ORG")]
    assert names("during COVID-19", (1, 2, "ORG")) == []


def test_a_person_called_like_a_state_stays_a_person():
    assert names("Jordan spoke", (0, 1, "PER")) == [("Jordan", "PER")]
    assert names("envoys from Jordan", (2, 3, "PER")) == [("Jordan", "LOC")]


def test_an_organisation_keeps_its_words():
    assert names("the Foreign Ministry's note", (1, 4, "ORG")) == [("Foreign Ministry", "ORG")]


def test_a_pair_of_people_is_parted_before_what_two_share():
    assert names("Novak-Berg talks failed", (0, 3, "PER")) == [("Novak", "PER"), ("Berg", "PER")]


def test_the_second_of_a_pair_keeps_its_particle():
    assert names("Novak-van Berg talks failed", (0, 4, "PER")) == [("Novak", "PER"), ("van Berg", "PER")]


def test_a_pair_after_a_dash_is_parted():
    assert names("“Goals” – Novak-Berg meeting", (4, 7, "PER")) == [("Novak", "PER"), ("Berg", "PER")]


def test_the_partner_that_the_network_missed_is_found():
    assert names("Novak-Berg meeting", (2, 3, "PER")) == [("Novak", "PER"), ("Berg", "PER")]


def test_a_double_name_stays_whole():
    assert names("Ana Novak-Berg spoke", (0, 4, "PER")) == [("Ana Novak - Berg", "PER")]
    assert names("Novak-Berg spoke", (0, 3, "PER")) == [("Novak - Berg", "PER")]


def test_places_with_a_hyphen_of_their_own_stay_whole():
    assert names("Guinea-Bissau talks", (0, 3, "LOC")) == [("Guinea - Bissau", "LOC")]
    assert names("Norway-Denmark talks", (0, 3, "LOC")) == [("Norway", "LOC"), ("Denmark", "LOC")]


def test_tags_open_every_name():
    one = sentence("Novak-Berg talks", (0, 3, "PER"))
    assert name_tags(one.words, one.analysis) == ["B-PER", "O", "B-PER", "O"]


def across(*sentences):
    return [texts(one.words, found) for one, found in zip(sentences, names_across(list(sentences)))]


def test_a_headline_in_capitals_learns_from_the_text():
    headline = sentence("NOVAK MEETS BERG IN OSLO", (0, 1, "ORG"))
    body = sentence("Jan Novak met Eva Berg in Oslo", (0, 2, "PER"), (3, 5, "PER"), (6, 7, "LOC"))
    assert across(headline, body)[0] == [("NOVAK", "PER"), ("BERG", "PER"), ("OSLO", "LOC")]


def test_a_surname_alone_is_known_again():
    first = sentence("Jan Novak came", (0, 2, "PER"))
    second = sentence("Then Novak left")
    assert across(first, second)[1] == [("Novak", "PER")]


def test_a_surname_that_is_a_plain_word_here_is_not_taken():
    first = sentence("Jan Field came", (0, 2, "PER"))
    second = sentence("Field work goes on", upos="NOUN")
    assert across(first, second)[1] == []


def test_an_unsure_label_follows_the_sure_ones():
    first = sentence("Hamas spoke", (0, 1, "ORG"))
    second = sentence("Hamas left", (0, 1, "LOC", 0.4))
    assert across(first, second)[1] == [("Hamas", "ORG")]


def test_a_firm_may_bear_a_possessive_mark():
    assert names("lunch at Wendel's", (2, 4, "ORG")) == [("Wendel 's", "ORG")]
    assert names("at Russia's side", (1, 3, "LOC")) == [("Russia", "LOC")]


def test_a_name_does_not_end_with_a_particle_or_a_hyphen():
    assert names("Sultan Qasim bin Rashid died", (1, 3, "PER")) == [("Qasim bin Rashid", "PER")]
    assert names("Gina Abbot-Winslow spoke", (0, 3, "PER")) == [("Gina Abbot - Winslow", "PER")]
    assert names("Omar al Rashid spoke", (0, 2, "PER"), (2, 3, "PER")) == [("Omar al Rashid", "PER")]


def test_initials_behind_a_name_are_of_its_kind():
    movement = ("Movement for Renewal", "ORG")
    assert names("the Movement for Renewal (MFR) met", (1, 4, "ORG")) == [movement, ("MFR", "ORG")]
    assert names("the Movement for Renewal (see page 4)", (1, 4, "ORG")) == [movement]


def test_a_pact_is_no_organisation():
    assert names("the Quito Accord of 2003", (1, 3, "ORG")) == []


def test_us_is_no_place():
    assert names("stand by us", (2, 3, "LOC"), upos="PRON") == []


def test_tables_know_names_with_either_apostrophe():
    assert names("the People’s Republic of China spoke", (3, 6, "LOC")) == [("People ’s Republic of China", "LOC")]


def test_what_stands_behind_a_family_name_belongs_to_it():
    assert names("Lloyd Marsh III spoke", (0, 2, "PER")) == [("Lloyd Marsh III", "PER")]


def test_two_people_joined_by_and_sign_are_a_firm():
    assert names("Marsh & Hollis sued", (0, 1, "PER"), (2, 3, "PER")) == [("Marsh & Hollis", "ORG")]


def test_the_government_of_a_state_names_the_state():
    assert names("the Government of the Maldives", (1, 5, "ORG")) == [("Maldives", "LOC")]


def test_a_list_of_portfolios_is_no_organisation():
    assert names("Under Secretary for Growth, Energy, and the Environment", (5, 6, "ORG")) == []


def test_a_name_has_one_label_where_a_report_mostly_agrees():
    lines = ["Marsh spoke", "Marsh left", "Marsh met us", "Marsh wrote", "the Marsh cabinet"]
    found = names_across([sentence(line, (int(line[0] == "t"), 1 + int(line[0] == "t"), "ORG" if line[0] == "t" else
                                          "PER")) for line in lines])
    assert [name.label for [name] in found] == ["PER"] * 5


def test_what_is_named_after_a_person_is_no_person():
    assert names("John Donovan Prison burnt", (0, 2, "PER")) == [("John Donovan Prison", "LOC")]
    assert names("Carl Marsh Foundation paid", (0, 2, "PER")) == [("Carl Marsh Foundation", "ORG")]


def test_who_hangs_on_a_title_is_a_person():
    one = sentence("Secretary Marsh spoke")
    one.analysis.relations[1], one.analysis.heads[1] = "flat", 0
    assert texts(one.words, names_of(one.words, one.analysis)) == [("Marsh", "PER")]


def test_a_common_noun_is_no_name():
    assert names("the parliament", (1, 2, "ORG"), upos="NOUN") == []


def test_the_father_in_a_name_brings_the_son():
    assert names("Sultan Said bin Taimur", (2, 4, "PER")) == [("Said bin Taimur", "PER")]
