"""How often an account or a network may knock: the next try is told when to come back.

By account as well as by network: ten thousand addresses that try one account are stopped as one.
The account is what was typed, whether it exists or not: a limit must not tell who has an account.
"""

from jetons.domain.allowances import Limit

QUARTER, HOUR = 15 * 60, 60 * 60

# Failures only: a success gives the account's back.
SIGN_IN_ACCOUNT = Limit("connexion-compte", most=10, seconds=QUARTER)
SIGN_IN_NETWORK = Limit("connexion-reseau", most=100, seconds=QUARTER)
# Each sends a mail to someone who may not have asked for it.
MAIL_TO_ADDRESS = Limit("courriel-compte", most=5, seconds=HOUR)
MAIL_FROM_NETWORK = Limit("courriel-reseau", most=40, seconds=HOUR)
# Codes of a mail, links, second factors.
CODE_NETWORK = Limit("code-reseau", most=60, seconds=QUARTER)
SECOND_FACTOR = Limit("second-facteur", most=10, seconds=QUARTER)
# One code of an application serves once while it is valid: 30 s, and 30 s on either side.
SECOND_FACTOR_CODE = Limit("code-second-facteur", most=1, seconds=90)
PASSWORD_AGAIN = Limit("mot-de-passe", most=10, seconds=QUARTER)
