import re

import pytest

from tests.factories import (
    CommuneFactory,
    HostVillageFactory,
    NewsItemFactory,
    PageFactory,
    ProgrammeFactory,
    TelecentreFactory,
)


@pytest.mark.parametrize("number", [1, 3])
def test_site_map_costs_the_same_for_one_and_three(
    territory, client, django_assert_num_queries, number
):
    for commune in CommuneFactory.create_batch(number):
        HostVillageFactory(territory=territory, commune=commune)
        TelecentreFactory(territory=territory, commune=commune)
        ProgrammeFactory(territories=[territory])
        PageFactory(territory=territory, menu="header")
        NewsItemFactory(territory=territory)

    with django_assert_num_queries(8):
        page = client.get("/plan-du-site/").content.decode()

    assert len(re.findall(r'href="/communes/\d{5}/"', page)) == number


def test_site_map_leads_everywhere(territory, client):
    """No link of the site map is dead."""
    village = HostVillageFactory(territory=territory)
    TelecentreFactory(territory=territory, commune=village.commune)
    ProgrammeFactory(territories=[territory])
    PageFactory(territory=territory)
    PageFactory(territory=territory, kind="press", slug="presse")
    NewsItemFactory(territory=territory)
    page = client.get("/plan-du-site/").content.decode()
    main = page[page.index("<main") : page.index("</main")]

    answers = {
        address: client.get(address).status_code
        for address in re.findall(r'href="(/[^"#]*)"', main)
        if address != "/api/v1/"
    }

    assert answers.pop("/espace/") == 302
    assert set(answers.values()) == {200}
