# ruff: noqa: E501 - pages have long lines
"""Page texts written for the tests: what copying a page from a browser gives, with furniture of several kinds."""

PLAIN = """Norway and Oman agree on ferry rules

OSLO, March 3 (Reuters) - The foreign ministers of Norway and Oman agreed on Tuesday to set common rules for ferries.

“We have found a fair way,” Norwegian minister Kari Dahl said after the meeting in Bergen.

Her Omani counterpart thanked the hosts and said that a second round would follow in Muscat within two months.
"""

COPIED = """HomeWORLD“A good start for both sides” - Dahl meets Omani minister

“A good start for both sides” – Dahl meets Omani minister

By Lena Brandt

Date:

Latest News

Fishing Fleet Returns to Harbour After Storm: What Crews Tell

The fleet of eleven boats that had been missing since...

Museum in Lima Buys Rare Map

The map, which shows the coast of Chile, had been...

The foreign ministers of Norway and Oman met in Bergen to discuss ferry traffic and to prepare the visit of the Sultan to Oslo, which is planned for the autumn.

“We have found a fair way to share the costs of the new harbour,” Norwegian Foreign Minister Kari Dahl said after the meeting.

Her Omani counterpart, who arrived with a large delegation, thanked the hosts and said that the talks would continue in Muscat within two months.

According to Dahl, the two sides also spoke about pensions for sailors, “a matter that has waited long enough. “

Read Also

Ski Season Opens Early in the Alps

Subscribe to our newsletter

© 2024 The Fjord Gazette. All rights reserved.
"""

RUSSIAN = """Главная
Политика
Экономика
Поиск

Министры обсудили паромы в Бергене

Дата:

Министр иностранных дел Норвегии Кари Даль встретилась в Бергене со своим оманским коллегой, чтобы обсудить паромное сообщение между двумя странами.

«Мы нашли справедливое решение», — сказала она после встречи, на которой присутствовали представители обеих сторон.

По её словам, следующий раунд переговоров пройдёт в Маскате через два месяца.

Читайте также

Поделиться
"""

TURKISH = """Ana Sayfa
Dünya
Ekonomi

Bakanlar Bergen'de feribotları görüştü

Tarih: 05.03.2024

Norveç Dışişleri Bakanı Kari Dahl, Bergen'de Ummanlı mevkidaşı ile bir araya geldi ve iki ülke arasındaki feribot seferlerini görüştü.

Dahl, görüşmenin ardından yaptığı açıklamada adil bir çözüm bulduklarını ve bundan memnun olduğunu söyledi.

Bakan, bir sonraki turun iki ay içinde Maskat'ta yapılacağını da sözlerine ekledi.

İlgili Haberler

Paylaş
"""

ONE_TAG_A_LINE = """Home
World
Search
Dahl meets Omani minister in Bergen
The foreign ministers of Norway and
Oman
met in Bergen to discuss ferry traffic, the government said on Tuesday.
“We have found a fair way to share the costs,” Norwegian Foreign Minister
Kari Dahl
said after the meeting, which lasted for two hours.
Her Omani counterpart thanked the hosts and said the talks would continue in
Muscat
within two months.
Share
Facebook
"""

MENU_ONLY = """Home

World

Search

Log in

Subscribe

Contact us

© 2024 The Fjord Gazette
"""
