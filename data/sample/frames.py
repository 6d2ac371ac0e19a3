"""The sample's own texts: answers, appeals, announcements, news, the planted campaign."""

# ruff: noqa: E501, SIM905  each text on one line, as it is posted

WHEN = (
    "heute Abend|morgen früh|am Samstag|am Mittwoch nach der Arbeit|ab Donnerstag|am Wochenende|"
    "in der Mittagspause|nächste Woche|morgen ab 16 Uhr|Freitagnachmittag"
).split("|")

# Answers, by what the first post wants. {who} the one spoken to, {when}, {place}, {house} an initiative.
ANSWERS = {
    "gesuch": (
        "{when} könnte ich helfen, {who}. Schreib mir, wo genau.",
        "@{handle} Frag mal bei {house}, die haben {when} offen.",
        "Hab dir geschrieben, {who}! {when} passt bei mir.",
        "Ich leite das an unsere Gruppe in {place} weiter, da meldet sich bestimmt wer.",
        "Wir haben so was noch im Keller, Nähe {place}. {when} abholen?",
        "@{handle} Steht das noch? Dann komme ich {when} vorbei.",
        "{house} hatte letzte Woche noch etwas übrig, ruf dort an, bevor du losfährst.",
        "Meine Nachbarin in {place} macht das öfter, ich frage sie {when}.",
        "Kann {when} fahren, habe einen Kombi. Sag Bescheid, {who}.",
        "Wie viele seid ihr denn? In {place} wüsste ich {when} etwas.",
    ),
    "angebot": (
        "Oh, das wäre etwas für eine Familie bei uns in {place}. Geht {when}?",
        "@{handle} Großartig! Ist das noch zu haben?",
        "Teile ich in der Gruppe {place}, da suchen gleich zwei danach.",
        "{house} würde das nehmen, {when} ist jemand da.",
        "Danke, {who}! Ich kenne jemanden, der genau das sucht. Melde mich {when}.",
        "Können wir {when} kommen, auch mit Kindern?",
    ),
    "frage": (
        "Bei uns hat das sechs Wochen gedauert, {who}. Heb alle Briefe auf.",
        "@{handle} Die Beratung bei {house} kennt sich damit aus, {when} ohne Termin.",
        "Nimm jemanden mit, der mitschreibt. Ich könnte {when}.",
        "Ich glaube ja, aber frag lieber {house}, bevor du etwas unterschreibst.",
        "Das wollte ich auch gerade fragen. Weiß es jemand aus {place}?",
        "Unsere Gruppe in {place} hatte den Fall, ich suche {when} die Unterlagen heraus.",
    ),
    "sonst": (
        "Schön zu lesen, {who}. Das macht Mut für {place}.",
        "@{handle} Genau so ist es bei uns in {place} auch.",
        "Das hänge ich {when} bei {house} ans Brett.",
        "Danke fürs Aufschreiben, {who}.",
        "Da habe ich eine andere Erfahrung gemacht, {who}, erzähle ich dir {when}.",
    ),
}
OPENERS = (  # before an answer; with CLOSERS they make that hardly two people say the same
    "Moin, gerade erst gesehen.",
    "Oh je, das kenne ich gut.",
    "Hallo aus {place}!",
    "Gute Frage, ehrlich gesagt.",
    "Puh, das klingt nach einem langen Tag.",
    "Ich sitze noch im Bus, deshalb kurz:",
    "Nach Feierabend fällt mir dazu etwas ein.",
    "Meine Tochter liest mit und meint auch:",
    "Wir hatten das im Herbst ganz ähnlich.",
    "Mit Kaffee in der Hand:",
    "Bin neu in der Gruppe {place}, aber:",
    "Kurz vor dem Schlafengehen noch schnell.",
    "Aus dem Wartezimmer geschrieben:",
    "Das hat mir gestern erst jemand erzählt.",
    "Ach, wie schade, dass ich das so spät lese.",
    "Habe eben mit meiner Mutter darüber gesprochen.",
    "Zwischen zwei Terminen gesagt:",
    "Ich bin kein Fachmann, nur Nachbar.",
)
CLOSERS = (
    "Liebe Grüße von der anderen Elbseite.",
    "Und nicht vergessen, etwas zu essen.",
    "Wird schon, Schritt für Schritt.",
    "Notfalls klingelt ihr bei uns.",
    "Ich drücke die Daumen, wirklich.",
    "Bis dahin haltet durch.",
    "Sonst fällt uns gemeinsam etwas ein.",
    "Parken könnt ihr vor der Kirche.",
    "Bring ruhig die Kinder mit, wir haben Kekse.",
    "Mein Telefon ist bis zehn an.",
    "Falls es regnet: der Hintereingang ist offen.",
    "So machen wir das seit Jahren.",
    "Sag einfach, was noch fehlt.",
    "Ohne euch wäre hier Stillstand.",
    "Die Nachbarn unten wissen Bescheid.",
    "Ich frage auch noch im Chor herum.",
    "Der Hund ist harmlos, keine Sorge.",
    "Wir sehen uns beim Kochen.",
)
THANKS = (
    "Danke, {who}! {when} ist perfekt, ich warte unten an der Tür.",
    "@{handle} Ihr seid unglaublich. Hat geklappt!",
    "Tausend Dank, {who}. Die Kinder freuen sich schon.",
    "Danke dir, {who}, ich rufe bei {house} an und melde mich {when}.",
    "Erledigt, {who}! Ohne euch in {place} wäre das nichts geworden.",
)
OTHER_ANSWERS = {
    "en": (
        "Hi {who}, {house} can help with this, they speak English.",
        "@{handle} I can come with you, which day?",
        "Sent you a message, {who}.",
        "We had the same in {place}, {who}, it took a while but it worked.",
        "@{handle} Ask at {house}, and take all your letters along.",
        "My cousin in {place} knows someone, I will call tonight, {who}.",
    ),
    "uk": (
        "Вітаю, {who}! Напишіть мені, я поруч, {place}.",
        "@{handle} Зверніться до {house}, там є люди, що говорять українською.",
        "{who}, у нас було так само, візьміть усі листи з собою.",
        "@{handle} Я з {place}, можу піти разом.",
    ),
    "ru": (
        "{who}, напишите мне, я рядом, {place}.",
        "@{handle} В {house} помогут, они говорят по-русски.",
        "У нас в {place} было так же, {who}. Сохраните все письма.",
        "@{handle} Могу пойти с вами и перевести.",
    ),
    "ar": (
        "مرحبا {who}، اسألي في {house}، هناك من يتكلم العربية.",
        "@{handle} أنا في {place} ويمكنني المساعدة.",
        "{who}، حدث معنا نفس الشيء، احتفظ بكل الرسائل.",
        "@{handle} أستطيع أن أذهب معك وأترجم.",
        "أرسلت لك رسالة يا {who}، نحن قريبون من {place}.",
    ),
    "fa": (
        "سلام {who}، از {house} بپرس، فارسی هم صحبت می‌کنند.",
        "@{handle} من در {place} هستم، کمک می‌کنم.",
        "{who} جان، برای ما هم همین‌طور بود، همه نامه‌ها را نگه دار.",
        "@{handle} می‌توانم با شما بیایم و ترجمه کنم.",
    ),
    "fr": (
        "Bonjour {who}, va voir {house}, il y a quelqu'un qui parle français.",
        "@{handle} Je suis à {place}, je peux venir avec toi.",
    ),
    "tr": (
        "Merhaba {who}, {house} Türkçe de yardımcı oluyor.",
        "@{handle} {place} tarafındayım, yazarsan gelirim.",
        "{who}, bizde de öyle oldu, bütün mektupları sakla.",
    ),
}
OFFICE_ANSWERS = (
    "Guten Tag {who}, wir klären das mit der Fachstelle und antworten Ihnen hier bis morgen Mittag.",
    "Guten Tag {who}, die Öffnungszeiten und alle Formulare stehen auf https://amt.example/ankommen. Reicht Ihnen das?",
    "Guten Tag {who}, das hängt vom Einzelfall ab. Bitte rufen Sie die Beispiel-Hotline an, Mo bis Fr 9 bis 15 Uhr.",
    "Guten Tag {who}, danke für den Hinweis. Wir haben ihn an die Unterkunft in {place} weitergegeben.",
)
QUESTIONS = (
    "@{handle} Wie lange dauert gerade die Wohnsitzzuweisung, wenn man schon Arbeit in {place} hat?",
    "@{handle} Unsere Gruppe in {place} möchte Sprachpaten vermitteln. Wer ist bei Ihnen dafür zuständig?",
    "@{handle} Dürfen Familien aus der Unterkunft {place} eigene Möbel mitbringen? Zwei Auskünfte, zwei Antworten.",
    "@{handle} Die Hotline war dreimal besetzt. Gibt es einen anderen Weg, einen Termin in {place} zu verschieben?",
    "@{handle} Wann öffnet die Erstaufnahme in {place} wieder für Spenden?",
    "@{handle} Bekommt man die Fahrkarte erstattet, wenn der Termin in {place} von Ihnen abgesagt wurde?",
    "@{handle} Warum gibt es in {place} keinen Dolmetscher für Tigrinya? Wir suchen seit Wochen selbst.",
    "@{handle} Which papers does a volunteer guardian need in {place}? The website only says 'contact us'.",
    "@{handle} Können Ehrenamtliche in {place} noch gegen Masern geimpft werden, und wer zahlt das?",
    "@{handle} Ab wann gilt der neue Hausausweis in {place}? Uns sagt keiner etwas.",
    "@{handle} Wer zahlt den Sprachkurs, wenn der Bescheid für {place} noch nicht da ist?",
    "@{handle} Bleibt der Spielraum in der Unterkunft {place} über die Feiertage offen?",
)
APPEALS = (  # re-shared by dozens within minutes, as communities do
    "DRINGEND: 14 Menschen, darunter 5 Kinder, stehen seit einer Stunde am Hauptbahnhof und haben für heute Nacht kein Dach. Wer hat Betten? Auch eine Nacht hilft. Bitte teilen!",
    "Eilt: Rohrbruch in der Unterkunft in {place}, 40 Leute ohne trockene Decken. Wir sammeln bis 21 Uhr Decken und Isomatten vor dem Haus. Bitte weitersagen!",
    "Wir brauchen JETZT jemanden, der Tigrinya spricht, Klinik in {place}, eine Geburt. Telefon reicht. Bitte teilen, es eilt!",
    "Die Kleiderkammer hat heute Nacht keine Männerschuhe mehr, draußen sind es minus vier Grad. Größe 42 bis 45, bis 20 Uhr abgeben in {place}. Bitte teilen!",
    "Dringend: Der Bus mit 30 Menschen kommt drei Stunden früher, wir suchen für 17 Uhr zehn Helferinnen zum Suppe ausgeben in {place}. Bitte teilen!",
)
ANNOUNCEMENTS = (  # one text, published word for word by many initiatives
    "Gemeinsam durch den Winter: Am Samstag von 12 bis 18 Uhr öffnen elf Initiativen ihre Türen. Programm, Wege und Ansprechpartner: https://tuer-auf.example/programm",
    "Neue Sprechzeiten ab Montag: Alle Rechtsberatungen im Verbund sind jetzt auch abends erreichbar. Übersicht in neun Sprachen: https://rat-und-weg.example/zeiten",
)
RELEASES = (  # press offices, at the same second
    "Neue Plätze für 120 Menschen: Das Beispielwerk eröffnet am 1. des Monats ein Haus am Kanal. Presseinformation: https://presse.example/neues-haus",
    "Kälte: Tagesaufenthalte öffnen ab sofort auch nachts. Presseinformation: https://presse.example/kaelte",
    "Ehrenamtspreis: Sieben Initiativen ausgezeichnet. Presseinformation: https://presse.example/preis",
)
CHAIN = (  # copied by hand, with a line of one's own
    "Bitte kopieren statt teilen: Wer ein Kinderbett, einen Wasserkocher oder eine Lampe übrig hat, "
    "stellt sie nicht an die Straße, sondern ruft die nächste Kleiderkammer an. Es wird gebraucht."
)
CHAIN_OWN = (
    "Mach ich!",
    "Gute Idee von nebenan.",
    "Aus {place}.",
    "Gilt auch für {place}.",
    "Und Decken!",
    "Weil es so einfach ist.",
    "Bei uns in {place} sowieso.",
    "Hier, gern.",
    "",
)
NEWS = (
    "Bürgerschaft berät über Mittel für Ehrenamt",
    "Neuer Deutschkurs am Abend gestartet",
    "Fahrradwerkstatt zieht um",
    "Spendenlager am Hafen voll",
    "Schule sucht Lesepaten",
    "Erste Wohnungen im neuen Haus bezogen",
    "Mehr Anfragen nach Dolmetschern",
    "Winternotprogramm beginnt",
    "Chor der Kulturen gibt Konzert",
    "Verein sammelt Schulranzen",
    "Bus hält jetzt an der Unterkunft",
    "Jobmesse für Zugewanderte",
    "Sprachcafés melden Zulauf",
    "Nachbarn bauen Spielplatz",
    "Küche für alle feiert Jubiläum",
    "Impftag in der Unterkunft",
)
FEAST = (
    "Die Suppe ist fertig, 80 Teller sind schon weg!",
    "Gerade singt der Chor, alle stehen.",
    "Wer kann noch Stühle bringen? Wir sind mehr als gedacht.",
    "Am Tisch in {place} sitzen sechs Sprachen.",
    "Kinder bemalen die Fenster, Eltern trinken endlich einen Tee.",
    "Draußen regnet es, drinnen tanzt {place}.",
    "Die Tombola ist leer, danke an alle!",
    "Zum ersten Mal hier und gleich drei Leute kennengelernt.",
    "Abbau beginnt, wer packt mit an?",
    "So kann es öfter sein, {place}.",
)
FIRST_POSTS = (
    "Neu hier! Ich wohne in {place} und möchte helfen. Wo fange ich an?",
    "Hallo aus {place}, ich habe zwei Nachmittage in der Woche Zeit. Wer braucht mich?",
    "Seit gestern dabei: {house} hat mich gleich an den Herd gestellt. Schön!",
    "Ich bin Lehrerin im Ruhestand, {place}. Lesen üben, Briefe verstehen, das kann ich gut.",
    "Endlich angemeldet. Meine Nachbarn in {place} machen das schon lange, jetzt ich auch.",
    "Wer nimmt mich einmal mit zum Kochen? Ich schäle gern Kartoffeln, am liebsten in {place}.",
    "Servus, frisch aus München nach {place} gezogen und schon drei Sofas geschleppt.",
    "Bisher habe ich nur mitgelesen. {house} hat mir Mut gemacht, selbst etwas zu schreiben.",
)
# The planted campaign: one row a wave, slots filled with small edits, the same link within a wave.
CAMPAIGN = (
    (
        "{a} {b}: Das Spendenlager am Hafen ist voll mit Ware, die keiner verteilt. {c} https://elbe-klartext.example/lager",
        15,
    ),
    (
        "{a} {b}: Für die neuen Häuser zahlt Hamburg das Dreifache, und keiner prüft nach. {c} https://elbe-klartext.example/miete",
        15,
    ),
    (
        "{a} {b}: Ehrenamtliche werden abgewiesen, weil das Amt keine Ausweise druckt. {c} https://elbe-klartext.example/ausweis",
        16,
    ),
    (
        "{a} {b}: Geheimer Plan für 2.000 Plätze im Stadtpark, das Amt schweigt. {c} https://hafen-wahrheit.example/stadtpark",
        17,
    ),
    (
        "{a} {b}: Die Sprachkurse sind leer, aber abgerechnet wird voll. {c} https://hafen-wahrheit.example/kurse",
        18,
    ),
    (
        "{a} {b}: Wer Fragen stellt, wird beim Amt einfach nicht zurückgerufen. {c} https://elbe-klartext.example/hotline",
        19,
    ),
    (
        "{a} {b}: Schon wieder Spenden im Müll, Fotos zeigen alles. {c} https://hafen-wahrheit.example/muell",
        19,
    ),
)
CAMPAIGN_A = ("Unglaublich!", "Unfassbar!", "Unglaublich,", "Kaum zu glauben:", "Unfassbar,")
CAMPAIGN_B = ("Jetzt kommt es raus", "Jetzt ist es raus", "Nun kommt es raus")
CAMPAIGN_C = ("Lest selbst:", "Bitte lesen:", "Alles hier:", "Teilt das:")
