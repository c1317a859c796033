from dataclasses import replace

import pytest

from courrier.domain.brand import brand_of
from tests.courrier.examples import BRAND


@pytest.mark.parametrize("field", ["colour", "ink", "link", "night_link"])
@pytest.mark.parametrize("value", ["red", "#fff", "#12345g", "#123456;}", "#123456\n", ""])
def test_brand_refuses_what_is_not_a_colour(field, value):
    with pytest.raises(ValueError, match="is not a colour"):
        replace(BRAND, **{field: value})


def test_brand_of_asks_the_app_that_the_setting_names(territory, settings):
    assert brand_of(territory).name == "Ariège"

    settings.MAIL_BRAND = "tests.courrier.domain.test_brand.ours"
    assert brand_of(territory) is BRAND


def ours(_territory):
    return BRAND
