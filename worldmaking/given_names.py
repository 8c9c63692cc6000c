"""Given names that are nearly always a man's or a woman's, in folded spelling."""

MALE = frozenset("""sergey sergei vladimir dmitry igor ivan boris mikhail nikolai alexander aleksandr andrei andrey yuri
    viktor victor oleg pavel john james robert william george david richard michael thomas charles joseph donald paul
    mark philip philippe stephen steven peter jack jean jacques pierre francois nicolas laurent emmanuel dominique
    bernard alain michel hubert herve roland jose juan carlos luis miguel antonio javier jorge pedro rafael manuel
    fernando ricardo alberto eduardo mario giovanni giuseppe paolo franco massimo silvio romano matteo enrico hans
    helmut gerhard frank-walter joschka klaus guido sigmar heiko olaf friedrich johann wolfgang werner karl kurt
    mohammed mohammad mohamed muhammad ahmed ahmad ali hassan hussein hussain abdullah abdallah ibrahim khalid khaled
    omar osman mustafa mehmet ahmet recep abdullah ismail hakan yasar bulent tansu suleyman turgut mevlut
    nikos costas kostas georgios giorgos antonis alexis andreas tassos konstantinos evangelos dimitris
    radoslaw donald jaroslaw lech aleksander wlodzimierz bronislaw andrzej witold adam zbigniew vaclav jan karel
    milos petr bohuslav miroslav robert peter viktor laszlo ferenc gyula janos traian ion klaus adrian
    ilham heydar elmar jeyhun nikol serzh robert-k vartan edward mikheil eduard giorgi zurab bidzina
    nursultan kassym-jomart islam shavkat emomali askar kurmanbek almazbek saparmurat gurbanguly serdar
    taro shinzo junichiro yoshihide fumio shigeru yoichi katsuya seiji koichiro masahiko nobutaka
    manmohan narendra subrahmanyam atal jaswant pranab natwar salman shah nawaz pervez imran asif yousaf shahid
    scott kevin alexander tony anthony malcolm bob bill barack joe gordon boris ben jeremy dominic rishi keir
    kofi thabo jacob cyril nelson olusegun umaru goodluck muhammadu paul yoweri robert emmerson hage sam
    benjamin ariel ehud shimon yitzhak avigdor gabi yair gideon moshe naftali mahmoud yasser riyad saeb
    bashar hafez walid farouk faisal saud adel turki salman abdulaziz hosni amr nabil sameh fathi
    saddam tariq hoshyar nouri haider adil barham jalal fuad hamid ashraf rangin zalmai abdul
    hugo nicolas evo rafael alvaro juan daniel manuel felipe vicente ernesto enrique andres marcelo luiz celso
    jens anders fredrik carl goran stefan jonas espen borge knut thorbjorn ole per lars javier-s josep herman antonis
    mahathir najib anwar lee goh hun thaksin prayut prayuth abhisit susilo joko retno ban antonio boutros
    """.split())
FEMALE = frozenset("""maria madeleine condoleezza hillary angela annalena theresa margaret penny julie julia jacinda helen
    federica catherine kaja ursula christine kristalina helga melanie chrystia hina benazir sheikh khaleda sushma
    indira sonia nirmala cristina michelle dilma claudia patricia delcy susana laura ana elena emma emily anna sofia
    ekaterina natalia yulia olga tatiana valentina svetlana irina tarja sanna mette erna ine anniken margot ann
    ann-linde maria magdalena elisabeth ursula karin doris benita beatrix mary yvette liz priti amber
    nkosazana naledi maite ellen joyce amina ngozi louise monica raychelle samia retno megawati gloria corazon
    tzipi golda hanan mona dina dalia rania queen chandrika aung park kang makiko yoko yuriko hua mao
    zuzana iveta vjosa atifete donika ivanna kolinda vesna biljana dragica dalia-g ingrida laimdota
    ertharin sviatlana susan samantha wendy victoria nikki linda jeane marie margaretha micheline ruth eveline simonetta
    tsai luisa arancha trinidad nadia najla emine tansu meral sigrid mirjam wopke baroness dame caroline segolene
    nathalie florence sylvie rama fatou nadine mia portia kamla eugenia janet violeta mireya laura-c xiomara rosario
    sahle-work teresa graca lurdes isabel""".split())
