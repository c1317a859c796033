"""Someone of whom the site holds all that it can: a sentinel in every field called personal."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from simple_history.models import HistoricalChanges

from comptes.models import User
from courrier.models import OutgoingMail
from registre.domain.register import personal_models
from registre.enums import ConsentUse, ErasureReason, JournalAct
from registre.models import Erasure
from solos.enums import ReviewStep, SoloStatus, WorkPlace
from solos.models import Solo, StateChange
from telecentres.enums import WaitState
from tests.factories import (
    BookingChangeFactory,
    BookingFactory,
    BookingLineFactory,
    CommuneFactory,
    ContactMessageFactory,
    DigestLineFactory,
    EmailChangeFactory,
    EnrolmentFactory,
    EventFactory,
    FieldConsentFactory,
    FormerAddressFactory,
    JournalEntryFactory,
    NewsItemFactory,
    OrganisationFactory,
    OutgoingMailFactory,
    PackFactory,
    PageFactory,
    PaymentFactory,
    PersonalLinkFactory,
    PictureFactory,
    PossibleDoubleFactory,
    ProgrammeFactory,
    ProgrammeGrantFactory,
    ProposedEditFactory,
    RightsMemberFactory,
    SavedFilterFactory,
    SavedSearchFactory,
    SoloFactory,
    TelecentreFactory,
    TelecentreGrantFactory,
    TerritoryGrantFactory,
    UnreadEditFactory,
    UserFactory,
    UseStatementFactory,
    VillageGrantFactory,
    VillageReferentFactory,
    VisitorHoldFactory,
    WaitFactory,
)

SENTINEL = "sentinelle"
DIGEST = "5e" * 32
PHOTO = f"images/5e/{DIGEST}.jpg"
LONG_AGO = datetime(2019, 5, 1, tzinfo=UTC)


@dataclass
class Someone:
    user: User
    solo: Solo


def make_someone(territory, *, staff: bool = False) -> Someone:
    user = UserFactory(
        email="sentinelle@exemple.fr",
        first_name="Sentinelle-prenom",
        last_name="Sentinelle-nom",
        language="en",
        last_login=LONG_AGO,
        is_staff=staff,
        second_factor=True,
    )
    user.groups.add(Group.objects.create(name="Essai"))
    user.user_permissions.add(Permission.objects.first())
    solo = SoloFactory(
        territory=territory,
        user=user,
        slug="sentinelle-slug",
        first_name="Sentinelle-prenom",
        last_name="Sentinelle-nom",
        trade_name="Sentinelle-enseigne",
        status=SoloStatus.FOUNDER,
        commune=CommuneFactory(foix=True),
        skills=["sentinelle-competence"],
        languages=["oc"],
        presentation="sentinelle-presentation",
        website="https://sentinelle.example/",
        links=["https://sentinelle.example/lien"],
        siret="73282932000074",
        takes_clients=True,
        phone="+33561123456",
        email="sentinelle-solo@exemple.fr",
        work_place=WorkPlace.BOTH,
        offers="sentinelle-offre",
        seeks="sentinelle-recherche",
        arrived_in=1987,
        came_from="sentinelle-origine",
        household_size=7,
        submitted_at=LONG_AGO,
        team_words="sentinelle-mot-de-l-equipe",
        accepts_messages=True,
        member_fields=["phone"],
        verified_on=LONG_AGO,
        review_step=ReviewStep.FADED,
        review_step_on=LONG_AGO,
        published=True,
    )
    OutgoingMailFactory(recipient="Sentinelle-ANCIENNE@exemple.fr", subject="sentinelle-vieux")
    solo.email = "sentinelle-ancienne@exemple.fr"
    solo.save()
    solo.email = "sentinelle-solo@exemple.fr"
    solo._change_reason = "sentinelle-motif"
    solo.save()
    _portrait(solo)
    _papers(user, solo, territory)
    return Someone(user, solo)


def _portrait(solo: Solo) -> None:
    solo.photo = PictureFactory(
        territory=solo.territory,
        subject=f"solos.solo:{solo.pk}",
        alternative="Portrait de Sentinelle-prenom Sentinelle-nom",
        digest=DIGEST,
    )
    for name in solo.photo.file_names:
        default_storage.delete(name)
        default_storage.save(name, ContentFile(b"image"))
    Solo.objects.filter(pk=solo.pk).update(photo=solo.photo)


def _papers(user: User, solo: Solo, territory) -> None:
    OrganisationFactory(
        territory=territory,
        email="SENTINELLE@exemple.fr",
        phone="sentinelle-telephone",
        note="sentinelle-note",
    )
    FieldConsentFactory(
        solo=solo,
        use=ConsentUse.TRANSMISSION,
        field="",
        recipient=OrganisationFactory(territory=territory),
        given_at=LONG_AGO,
        withdrawn_at=LONG_AGO,
        recorded_by=user,
    )
    ContactMessageFactory(
        solo=solo,
        sender_name="sentinelle-expediteur",
        sender_email="sentinelle-ecrit@exemple.fr",
        text="sentinelle-message",
    )
    SavedSearchFactory(
        territory=territory,
        email="Sentinelle-Solo@exemple.fr",
        query="q=sentinelle-cherche",
        confirmed=True,
        last_sent_on=LONG_AGO,
        reminded_on=LONG_AGO,
        stopped_at=LONG_AGO,
    )
    FormerAddressFactory(solo=solo, slug="sentinelle-ancienne-adresse", merged_by=user)
    PossibleDoubleFactory(territory=territory, first=solo, distinct_at=LONG_AGO, distinct_by=user)
    booking = BookingFactory(
        holder=user,
        note="sentinelle-precision",
        reference="SENTINEL",
        series=UUID(int=1),
        answer_before=LONG_AGO,
        checked_in_at=LONG_AGO,
        price=8,
        vat_rate=20,
    )
    BookingChangeFactory(
        booking=booking,
        reason="sentinelle-raison-donnee",
        former_space=booking.space,
        former_period=booking.period,
    )
    pack = PackFactory(holder=user, sold_on=LONG_AGO, expires_on=LONG_AGO)
    BookingLineFactory(booking=booking, kind="pack", unit_price=0, pack=pack)
    BookingLineFactory(of_extra=True, booking=booking)
    PaymentFactory(holder=user, payer="sentinelle-payeur", author=user, booking=booking)
    RightsMemberFactory(user=user, starts_on=LONG_AGO, ends_on=LONG_AGO)
    EnrolmentFactory(
        user=user,
        status="employee",
        trade="sentinelle-metier-exerce",
        employer="sentinelle-employeur",
        enrolled_on=LONG_AGO,
        left_on=LONG_AGO,
    )
    WaitFactory(
        telecentre=booking.space.telecentre,
        holder=user,
        state=WaitState.OFFERED,
        booking=booking,
    )
    VisitorHoldFactory(
        email="Sentinelle-Solo@exemple.fr",
        first_name="sentinelle-prenom-dit",
        last_name="sentinelle-nom-dit",
        note="sentinelle-precision-dite",
        asked_at=LONG_AGO,
    )
    UseStatementFactory(telecentre=booking.space.telecentre, stated_by=user)
    ProposedEditFactory(
        solo=solo,
        changes={"offers": "sentinelle-proposition"},
        agreed=[["page", "phone", "sentinelle-texte"]],
        photo=solo.photo,
        proposed_at=LONG_AGO,
        refused_at=LONG_AGO,
    )
    UnreadEditFactory(
        solo=solo, version=1, fields=["sentinelle-champ"], since=LONG_AGO, changed_at=LONG_AGO
    )
    StateChange.objects.create(solo=solo, state="hidden", changed_on=LONG_AGO, author=user)
    VillageReferentFactory(
        village__territory=territory,
        user=user,
        name="Sentinelle-referente",
        email="sentinelle-village@exemple.fr",
        phone="sentinelle-numero",
    )
    for recipient in ("sentinelle@exemple.fr", "Sentinelle-Solo@exemple.fr"):
        OutgoingMailFactory(
            recipient=recipient,
            reply_to="sentinelle@exemple.fr",
            subject="sentinelle-objet",
            text_body="sentinelle-texte",
            html_body="sentinelle-html",
            calendar="BEGIN:VCALENDAR sentinelle-agenda",
            last_error="sentinelle-erreur",
            sent_at=LONG_AGO,
            variables={"prenom": "sentinelle-variable"},
        )
    for _morning in range(2):
        DigestLineFactory(
            recipient="sentinelle@exemple.fr",
            user=user,
            words="sentinelle-nouvelle",
            address="/sentinelle-page/",
        )
    _keys_of(user)
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Solo),
        object_id=solo.pk,
        object_repr="Sentinelle-nom",
        change_message="sentinelle-message",
        action_flag=CHANGE,
    )
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session.create()
    JournalEntryFactory(user=user, act=JournalAct.EXPORTED)
    Erasure.objects.create(reason=ErasureReason.MISTAKE, by=user, keys=["0" * 64])
    _works_on_others(user, territory)


def _keys_of(user: User) -> None:
    """What proves who they are."""
    Authenticator.objects.filter(user=user).update(last_used_at=LONG_AGO)
    EmailChangeFactory(
        user=user,
        new_email="sentinelle-nouvelle@exemple.fr",
        old_confirmed_at=LONG_AGO,
        new_confirmed_at=LONG_AGO,
        done_at=LONG_AGO,
    )
    PersonalLinkFactory(author=user)
    SavedFilterFactory(user=user, name="sentinelle-filtre", query="q=sentinelle-cherchee")
    SavedFilterFactory(name="Relances", query="q=sentinelle-solo%40exemple.fr")
    for grant in (
        TerritoryGrantFactory,
        ProgrammeGrantFactory,
        VillageGrantFactory,
        TelecentreGrantFactory,
    ):
        grant(user=user, author=user, ends_on=date(2020, 12, 31))


def _works_on_others(user: User, territory) -> None:
    """Their name stands in the past of records that are nobody's, or others'."""
    EventFactory(territory=territory)
    ProgrammeFactory(territories=[territory])
    TelecentreFactory(territory=territory)
    PageFactory(territory=territory)
    NewsItemFactory(territory=territory)
    for model in personal_models():
        if issubclass(model, HistoricalChanges):
            model.objects.update(history_user=user, history_change_reason="sentinelle-motif")


def mails_of_others() -> int:
    return OutgoingMail.objects.exclude(recipient__istartswith=SENTINEL).count()
