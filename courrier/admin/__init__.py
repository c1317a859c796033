from courrier.admin.mails import OutgoingMailAdmin
from courrier.admin.templates import MailTemplateAdmin

__all__ = ["MailTemplateAdmin", "OutgoingMailAdmin"]
