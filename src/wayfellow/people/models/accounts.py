from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class AccountManager(BaseUserManager):
    def create_account(self, email: str, **fields: Any) -> "Account":
        """A new account without a password: its owner signs in by a code or sets one."""
        account = self.model(email=email.strip().lower(), **fields)
        account.set_unusable_password()
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """Somebody who signs in. Who they are in an organisation is a `Member`."""

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    language = models.CharField(_("language"), max_length=10, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_unique")]

    def __str__(self) -> str:
        return f"account {self.pk}"
