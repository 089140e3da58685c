"""Month and weekday names of common languages, for dates that people write in words."""

_MONTHS = """
jan feb mar apr may jun jul aug sep oct nov dec
january february march april may june july august september october november december
jan feb mar apr may june july aug sept oct nov dec
januar februar märz april mai juni juli august september oktober november dezember
jänner feber mär apr mai jun jul aug sep okt nov dez
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
janv févr mars avr mai juin juil août sept oct nov déc
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene feb mar abr may jun jul ago setiembre oct nov dic
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gen feb mar apr mag giu lug ago set ott nov dic
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
jan fev mar abr mai jun jul ago set out nov dez
januari februari maart april mei juni juli augustus september oktober november december
jan feb mrt apr mei jun jul aug sep okt nov dec
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november december
januar februar mars april mai juni juli august september oktober november desember
tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu \
joulukuu
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta \
lokakuuta marraskuuta joulukuuta
styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
leden únor březen duben květen červen červenec srpen září říjen listopad prosinec
ledna února března dubna května června července srpna září října listopadu prosince
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
január február március április május június július augusztus szeptember október november december
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
янв фев мар апр май июн июл авг сен окт ноя дек
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου \
νοεμβρίου δεκεμβρίου
ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
január február marec apríl máj jún júl august september október november december
januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
januar februar marec april maj junij julij avgust september oktober november december
jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris \
decembris
janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī
sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
януари февруари март април май юни юли август септември октомври ноември декември
січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень
ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος οκτώβριος \
νοέμβριος δεκέμβριος
jan feb mar apr mei jun jul agu sep okt nov des
januari februari maret april mei juni juli agustus september oktober november desember
"""

_WEEKDAYS = """
mon tue tues wed thu thur thurs fri sat sun
monday tuesday wednesday thursday friday saturday sunday
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim
lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb
lunedì martedì mercoledì giovedì venerdì sabato domenica gio
segunda terça quarta quinta sexta feira seg ter qua qui sex
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag
poniedziałek wtorek środa czwartek piątek sobota niedziela
понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
"""

MONTHS = {
    name: number
    for line in _MONTHS.strip().split("\n")
    for number, name in enumerate(line.split(), start=1)
}
"""Name or abbreviation in lower case, without a full stop -> number, from 1.

Only languages that agree: `listopad` is November in Polish and Czech, and October in Croatian,
which is therefore not here.
"""

FILLERS = frozenset(
    (
        _WEEKDAYS
        + " st nd rd th er of the at on de del den der d le el il à um uhr klo kl kello h г года"
        " год р року r roku ob o clock as às"
    ).split()
)
"""Words around a date that say nothing about which day it is."""
