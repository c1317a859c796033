from tests.factories import SoloFactory, TerritoryFactory, TerritoryGrantFactory, TradeFactory


def test_right_is_held_somewhere_and_on_one_s_own_rows(territory):
    officer = TerritoryGrantFactory(territory=territory).user

    assert officer.has_perm("solos.change_solo")
    assert officer.has_perm("solos.change_solo", SoloFactory(territory=territory))
    assert not officer.has_perm("solos.change_solo", SoloFactory(territory=TerritoryFactory()))
    assert not officer.has_perm("solos.delete_solo")
    # The list of trades belongs to no territory.
    assert officer.has_perm("solos.change_trade", TradeFactory())


def test_apps_open_where_a_role_holds_something(territory):
    officer = TerritoryGrantFactory(territory=territory).user
    partner = TerritoryGrantFactory(territory=territory, role="partner").user

    assert [officer.has_module_perms(app) for app in ("solos", "comptes")] == [True, False]
    assert [partner.has_module_perms(app) for app in ("solos", "accueil")] == [False, False]
