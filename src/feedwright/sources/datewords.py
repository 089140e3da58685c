"""Words that stand before a date on a page, in the languages of the web."""

import re
from collections.abc import Sequence

from feedwright.text.months import FILLERS as FILLER_WORDS
from feedwright.text.patterns import lazy

PUBLISHED = """
posted published publication released created written submitted added issued first-published
veröffentlicht veroeffentlicht erschienen erstellt geschrieben eingestellt publiziert verfasst
gepostet erstveröffentlichung veröffentlichung veröffentlichungsdatum erstellungsdatum
publié publiée publie posté écrit rédigé paru parution créé ligne publication
publicado publicada creado creada escrito publicación fecha
postado criado publicação
pubblicato pubblicata pubblicazione scritto inserito postato
gepubliceerd geplaatst geschreven publicatiedatum
publicerad publicerades publicerat publicerat skriven postad publisert publiceret udgivet
offentliggjort oprettet lagt julkaistu
opublikowano opublikowany opublikowane dodano dodane utworzono publikacji publikacja
publikováno zveřejněno vydáno přidáno vloženo publikované zverejnené pridané
megjelent közzétéve létrehozva publicat postat
yayınlanma yayımlanma yayınlama yayımlama yayınlandı yayın eklenme giriş tarih tarihi
опубликовано опубликована опубликован публикации добавлено размещено создано
опубліковано опублікована додано публікації публикувано
δημοσιεύτηκε δημοσιεύθηκε δημοσίευση
発行 投稿 投稿日 公開 公開日 掲載 配信 作成日 登録日 发布 发布时间 发布日期 发表
发表于 發布 發佈 發表 刊登
입력 등록 등록일 게시 게시일 승인 작성일 기사입력
đăng diterbitkan dipublikasikan diposting terbit
نشر النشر نُشر פורסם
date datum data dato ngày 日期 时间 時間
""".split()  # noqa: SIM905  a table

UPDATED = """
updated modified changed revised reviewed edited update modification
aktualisiert aktualisierung geändert bearbeitet überarbeitet stand änderung
jour modifié modifiée actualisé actualisée maj
actualizado actualizada actualización modificado modificada
atualizado atualizada atualização editado
aggiornato aggiornata aggiornamento modificato modificata
bijgewerkt gewijzigd aangepast
uppdaterad uppdaterades senast ändrad oppdatert opdateret redigeret päivitetty muokattu
zaktualizowano aktualizacja aktualizacji zmodyfikowano
aktualizováno upraveno aktualizované upravené
frissítve módosítva actualizat modificat
güncelleme güncellenme güncellendi
обновлено изменено обновление оновлено змінено
ενημερώθηκε ενημέρωση
更新 最終更新 修正 最后更新 수정 최종수정
cập diperbarui تحديث עודכן
""".split()  # noqa: SIM905  a table

LEADS = frozenset(
    """
    last first originally this article page post entry story was has been and & on
    vor eintrag billet note entrada postagem questa nota werd
    эта запись была был статья этот wpis ten został inlägget inlägg detta indlæg dette innlegget
    zuletzt zuerst dieser dieses diese artikel beitrag seite wurde am
    ce cet cette article page a été le dernière première última este esta artículo fue el por
    este artigo foi em questo articolo è stato laatst dit bericht is dit artikel op senast artikeln
    ostatnia ostatnio data naposledy son son
    """.split()  # noqa: SIM905  a table
)
"""Words with which a line begins before it says what happened when."""

FILLERS = FILLER_WORDS | {"vom", "from", "date", "datum"}
"""Words around a date that say nothing."""

_JOINED = lazy("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
"""Scripts that do not put spaces between words."""


def pattern(some: Sequence[str]) -> str:
    """Return an expression that fits any of the words, as words."""
    ordered = [re.escape(word) for word in sorted(some, key=len, reverse=True)]
    apart = "|".join(word for word in ordered if not _JOINED.search(word))
    joined = "|".join(word for word in ordered if _JOINED.search(word))
    return rf"(?<![^\W\d_])(?:{apart})(?![^\W\d_])|{joined}"
