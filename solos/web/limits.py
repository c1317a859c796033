"""How much may be written to solos (by one network, one sender, and to one solo) or asked."""

from jetons.domain.allowances import Limit

HOUR, DAY = 60 * 60, 24 * 60 * 60

WRITING_NETWORK = Limit("ecrire-reseau", most=20, seconds=HOUR)
WRITING_SENDER = Limit("ecrire-expediteur", most=10, seconds=DAY)
WRITING_SOLO = Limit("ecrire-solo", most=30, seconds=DAY)
MISTAKE_NETWORK = Limit("signaler-reseau", most=10, seconds=HOUR)
ALERT_NETWORK = Limit("alerte-reseau", most=20, seconds=HOUR)
